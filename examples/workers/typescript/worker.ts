/**
 * An order shop on DBOS: slow steps, a queue, an event, a message wait, a stream, children, a failure.
 *
 * It behaves as the Python worker beside it does, on DBOS 4.9 and every later release. Environment:
 *
 *     DBOS_SYSTEM_DATABASE_URL  the Postgres database that holds DBOS's tables; required
 *     DBOS_SCHEMA               the schema of those tables; default `dbos`
 *     ORDER_APPLICATION         the application's name; default `order-worker`
 *     ORDER_VERSION             the application's version; default `1`
 *     ORDER_QUEUE               the name of its queue; default `orders`
 *     ORDER_STEP_SECONDS        how long a step takes unless the order says otherwise; default 2
 *     ORDER_LOG                 a file to which each step appends "workflow_id step_name" as it begins,
 *                               which proves what really ran, whatever the database says
 */
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import * as sdk from '@dbos-inc/dbos-sdk';
import { DBOS } from '@dbos-inc/dbos-sdk';

const QUEUE = process.env.ORDER_QUEUE ?? 'orders';
const APPLICATION_VERSION = process.env.ORDER_VERSION ?? '1';
const POLLING_INTERVAL_MS = 100;
const SCHEDULER_POLLING_INTERVAL_MS = 1000;
const STEPS = ['reserve_stock', 'charge_card', 'pack', 'ship', 'send_receipt'] as const;

type Step = (typeof STEPS)[number];

/** What a customer sends; every field may be missing. */
interface Order {
  /** What the customer calls it. */
  order_id?: string;
  /** How long each of its steps takes. */
  step_seconds?: number;
  /**
   * If given, wait that long for a message on the topic `approval` after the first step; a refusal or
   * silence ends the order as "rejected".
   */
  approval_timeout_seconds?: number;
}

interface Receipt {
  order_id: string | null;
  state: 'shipped' | 'rejected';
}

/** Tells that something begins, whatever becomes of it. */
function log(name: string): void {
  if (process.env.ORDER_LOG) appendFileSync(process.env.ORDER_LOG, `${DBOS.workflowID} ${name}\n`);
}

/**
 * Runs a step, which is to take its time, and tells everybody about it.
 *
 * The stream is written within the step and costs no number; an event cannot be set there, so the
 * workflow does that, and it is a step of its own. So the steps of an order have the numbers 0, 2, 4, 6
 * and 8.
 */
async function doStep(order: Order, name: Step, result: string): Promise<void> {
  await DBOS.runStep(
    async () => {
      log(name);
      await DBOS.writeStream('log', `${name} begins`);
      await sleep(1000 * (order.step_seconds ?? Number(process.env.ORDER_STEP_SECONDS ?? 2)));
      return result;
    },
    { name },
  );
  await DBOS.setEvent('progress', { done: STEPS.indexOf(name) + 1, of: STEPS.length });
}

/** The five steps in turn, with a stop for an approval if the order asks for one. */
const processOrder = DBOS.registerWorkflow(
  async (order: Order): Promise<Receipt> => {
    const order_id = order.order_id ?? null;
    await doStep(order, 'reserve_stock', 'reserved');
    if (order.approval_timeout_seconds) {
      const approval = await DBOS.recv('approval', order.approval_timeout_seconds);
      if (approval === null || approval === 'no') return { order_id, state: 'rejected' };
    }
    await doStep(order, 'charge_card', 'charged');
    await doStep(order, 'pack', 'packed');
    await doStep(order, 'ship', 'shipped');
    await doStep(order, 'send_receipt', 'sent');
    await DBOS.closeStream('log');
    return { order_id, state: 'shipped' };
  },
  { name: 'process_order' },
);

/** Processes several orders at once, each in a child workflow. */
DBOS.registerWorkflow(
  async (orders: Order[]): Promise<Receipt[]> => {
    await DBOS.setEvent('orders', orders.length);
    const handles = [];
    for (const order of orders) handles.push(await DBOS.startWorkflow(processOrder)(order));
    const receipts = [];
    for (const handle of handles) receipts.push(await handle.getResult());
    return receipts;
  },
  { name: 'process_orders' },
);

/** Fails after its first step. */
DBOS.registerWorkflow(
  async (order: Order): Promise<void> => {
    await doStep(order, 'reserve_stock', 'reserved');
    await DBOS.runStep(
      async () => {
        throw new Error(`The card of order ${order.order_id} was declined.`);
      },
      { name: 'decline_card' },
    );
  },
  { name: 'fail_order' },
);

/** Runs by a schedule, if somebody makes one: DBOS passes the time that it runs for, and the schedule's context. */
DBOS.registerWorkflow(
  async (scheduled: Date, context: unknown): Promise<{ scheduled: string; context: unknown }> => {
    log('stock_report');
    return { scheduled: scheduled.toISOString(), context };
  },
  { name: 'stock_report' },
);

async function main(): Promise<void> {
  DBOS.setConfig({
    name: process.env.ORDER_APPLICATION ?? 'order-worker',
    systemDatabaseUrl: process.env.DBOS_SYSTEM_DATABASE_URL,
    systemDatabaseSchemaName: process.env.DBOS_SCHEMA ?? 'dbos',
    applicationVersion: APPLICATION_VERSION,
    schedulerPollingIntervalMs: SCHEDULER_POLLING_INTERVAL_MS,
    runAdminServer: false, // Newer releases have none, and ignore this.
  });
  const parameters = { minPollingIntervalMs: POLLING_INTERVAL_MS };
  // Newer releases keep queues in the database; older ones have objects, declared before the launch.
  const hasStoredQueues = 'registerQueue' in DBOS;
  if (!hasStoredQueues) Reflect.construct(Reflect.get(sdk, 'WorkflowQueue'), [QUEUE, parameters]);
  await DBOS.launch();
  if (hasStoredQueues) await DBOS.registerQueue(QUEUE, parameters);
  console.log('worker ready');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Steps that still run need no mercy: DBOS recovers their workflows at the next launch.
  process.on(signal, () => process.exit(0));
}
await main();
