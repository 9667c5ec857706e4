package orders;

/** What becomes of an order: it is "shipped" or "rejected". */
public record Receipt(String order_id, String state) {}
