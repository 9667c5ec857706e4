package orders;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.workflow.Workflow;
import dev.dbos.transact.workflow.WorkflowClassName;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Slow steps, an event, a message wait, a stream, children, a failure. */
@WorkflowClassName("OrderShop")
final class OrderShopWorkflows implements OrderShop {
  private static final List<String> STEPS =
      List.of("reserve_stock", "charge_card", "pack", "ship", "send_receipt");

  private final DBOS dbos;
  private OrderShop proxy;

  OrderShopWorkflows(DBOS dbos) {
    this.dbos = dbos;
  }

  /** Children are started through the proxy that DBOS makes of this object. */
  void setProxy(OrderShop proxy) {
    this.proxy = proxy;
  }

  @Override
  @Workflow(name = "process_order")
  public Receipt processOrder(Order order) throws Exception {
    doStep(order, "reserve_stock", "reserved");
    if (order.approval_timeout_seconds() != null && order.approval_timeout_seconds() > 0) {
      Optional<Object> approval = dbos.recv("approval", duration(order.approval_timeout_seconds()));
      if (approval.isEmpty() || approval.get().equals("no")) {
        return new Receipt(order.order_id(), "rejected");
      }
    }
    doStep(order, "charge_card", "charged");
    doStep(order, "pack", "packed");
    doStep(order, "ship", "shipped");
    doStep(order, "send_receipt", "sent");
    dbos.closeStream("log");
    return new Receipt(order.order_id(), "shipped");
  }

  @Override
  @Workflow(name = "process_orders")
  public List<Receipt> processOrders(Order[] orders) throws Exception {
    dbos.setEvent("orders", orders.length);
    var handles = new ArrayList<WorkflowHandle<Receipt, Exception>>();
    for (var order : orders) {
      handles.add(dbos.startWorkflow(() -> proxy.processOrder(order)));
    }
    var receipts = new ArrayList<Receipt>();
    for (var handle : handles) {
      receipts.add(handle.getResult());
    }
    return receipts;
  }

  @Override
  @Workflow(name = "fail_order")
  public String failOrder(Order order) throws Exception {
    doStep(order, "reserve_stock", "reserved");
    return dbos.<String, IllegalStateException>runStep(
        () -> {
          throw new IllegalStateException(
              "The card of order %s was declined.".formatted(order.order_id()));
        },
        "decline_card");
  }

  @Override
  @Workflow(name = "stock_report")
  public StockReport stockReport(Instant scheduled, Object context) throws Exception {
    log("stock_report");
    return new StockReport(scheduled.toString(), context);
  }

  /**
   * Runs a step, which is to take its time, and tells everybody about it.
   *
   * <p>The stream is written within the step and costs no number; the event is set by the workflow
   * and is a step of its own. So the steps of an order have the numbers 0, 2, 4, 6 and 8.
   */
  private void doStep(Order order, String name, String result) throws Exception {
    dbos.runStep(
        () -> {
          log(name);
          dbos.writeStream("log", name + " begins");
          Thread.sleep(stepTime(order).toMillis());
          return result;
        },
        name);
    dbos.setEvent("progress", Map.of("done", STEPS.indexOf(name) + 1, "of", STEPS.size()));
  }

  /** Tells that something begins, whatever becomes of it. */
  private static void log(String name) throws IOException {
    var path = System.getenv("ORDER_LOG");
    if (path != null) {
      var line = "%s %s%n".formatted(DBOS.workflowId(), name);
      Files.writeString(
          Path.of(path), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  private static Duration stepTime(Order order) {
    var standard = System.getenv().getOrDefault("ORDER_STEP_SECONDS", "2");
    return duration(order.step_seconds() == null ? Double.parseDouble(standard) : order.step_seconds());
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
