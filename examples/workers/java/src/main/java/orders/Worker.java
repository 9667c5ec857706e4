package orders;

import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.dbos.transact.workflow.QueueOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * An order shop on DBOS, which behaves as the Python worker beside it does. Environment:
 *
 * <ul>
 *   <li>{@code DBOS_SYSTEM_DATABASE_URL}: the Postgres database that holds DBOS's tables; required
 *   <li>{@code DBOS_SCHEMA}: the schema of those tables; default {@code dbos}
 *   <li>{@code ORDER_APPLICATION}: the application's name; default {@code order-worker}
 *   <li>{@code ORDER_VERSION}: the application's version; default {@code 1}
 *   <li>{@code ORDER_QUEUE}: the name of its queue; default {@code orders}
 *   <li>{@code ORDER_STEP_SECONDS}: how long a step takes unless the order says otherwise; default 2
 *   <li>{@code ORDER_LOG}: a file to which each step appends "workflow_id step_name" as it begins,
 *       which proves what really ran, whatever the database says
 * </ul>
 */
public final class Worker {
  private static final Duration POLLING_INTERVAL = Duration.ofMillis(100);
  private static final Duration SCHEDULER_POLLING_INTERVAL = Duration.ofSeconds(1);

  private Worker() {}

  public static void main(String[] arguments) throws InterruptedException {
    var dbos = new DBOS(config(URI.create(System.getenv("DBOS_SYSTEM_DATABASE_URL"))));
    var workflows = new OrderShopWorkflows(dbos);
    workflows.setProxy(dbos.registerProxy(OrderShop.class, workflows));
    dbos.launch();
    dbos.registerQueue(environment("ORDER_QUEUE", "orders"), QueueOptions.setPollingInterval(POLLING_INTERVAL));
    System.out.println("worker ready");
    // Until a signal. Steps that still run then need no mercy: DBOS recovers their workflows at the
    // next launch.
    Thread.currentThread().join();
  }

  /** Reads a URL as the other runtimes take it; Java's drivers want user and password apart. */
  private static DBOSConfig config(URI url) {
    var account = url.getRawUserInfo().split(":", 2);
    var port = url.getPort() == -1 ? 5432 : url.getPort();
    var query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return DBOSConfig.defaults(environment("ORDER_APPLICATION", "order-worker"))
        .withDatabaseUrl(
            "jdbc:postgresql://%s:%d%s%s".formatted(url.getHost(), port, url.getRawPath(), query))
        .withDbUser(decode(account[0]))
        .withDbPassword(account.length == 2 ? decode(account[1]) : "")
        .withDatabaseSchema(environment("DBOS_SCHEMA", "dbos"))
        .withAppVersion(environment("ORDER_VERSION", "1"))
        .withSchedulerPollingInterval(SCHEDULER_POLLING_INTERVAL);
  }

  private static String environment(String name, String standard) {
    return System.getenv().getOrDefault(name, standard);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
