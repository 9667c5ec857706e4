package orders;

import java.time.Instant;
import java.util.List;

/** The workflows, as DBOS wants them: an interface, which it wraps in a proxy. */
public interface OrderShop {
  /** Takes the five steps in turn, with a stop for an approval if the order asks for one. */
  Receipt processOrder(Order order) throws Exception;

  /**
   * Processes several orders at once, each in a child workflow.
   *
   * <p>They come as an array: DBOS makes orders of the elements of an array, but leaves those of a
   * list as the maps that JSON gives.
   */
  List<Receipt> processOrders(Order[] orders) throws Exception;

  /** Fails after its first step. */
  String failOrder(Order order) throws Exception;

  /**
   * Runs by a schedule, if somebody makes one.
   *
   * @param scheduled the time that it runs for
   * @param context the schedule's context
   */
  StockReport stockReport(Instant scheduled, Object context) throws Exception;
}
