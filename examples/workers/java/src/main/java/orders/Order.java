package orders;

/**
 * What a customer sends; every field may be missing.
 *
 * @param order_id what the customer calls it
 * @param step_seconds how long each of its steps takes
 * @param approval_timeout_seconds if given, wait that long for a message on the topic {@code approval}
 *     after the first step; a refusal or silence ends the order as "rejected"
 */
public record Order(String order_id, Double step_seconds, Double approval_timeout_seconds) {}
