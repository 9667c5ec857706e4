package orders;

/** What a run of the stock report comes to: the time that it ran for, in ISO 8601, and the schedule's context. */
public record StockReport(String scheduled, Object context) {}
