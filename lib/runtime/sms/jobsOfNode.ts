import { WAITING_TOPIC } from '../../sidebar/snapshot';
import { untilFlowsRun } from '../flowStops';
import type { Red, RedNode } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import type { ProgressTeller } from './ProgressTeller';

/** Says of the jobs of a `send sms` node that began before it did how far they are, once the flows run. Never rejects. */
export async function goOnTelling(runtime: SharedRuntime, node: string, teller: ProgressTeller): Promise<void> {
  await untilFlowsRun();
  for (const gateway of runtime.gatewayNodes.all()) {
    const open = await gateway
      .gateway()
      .then(() => runtime.gateways.jobs.openOf(gateway.id, node))
      // One that can't start has nothing under way; a store that can't be read says so itself.
      .catch(() => []);
    for (const { job, input } of open) teller.begin(gateway.id, job, runtime.pendingInputs.messageOf(input));
  }
}

/**
 * A deploy has taken a `send sms` node away: what it was given goes on, and somebody may want to stop that. The log says it, the
 * debug tab, and every editor that is open.
 */
export async function warnOfWaiting(red: Red, runtime: SharedRuntime, node: RedNode): Promise<void> {
  if (!runtime.isOpen) return;
  const states = await runtime.gateways.jobs.progress(runtime.gateways.ids(), { node: node.id });
  const waiting = states.reduce((sum, { progress }) => sum + progress.waiting, 0);
  if (waiting === 0) return;
  node.warn(
    `${waiting} SMS of this node still wait and are sent later; to stop them: the sidebar GSM gateways, ` +
      `or stop sms with { "node": "${node.id}" }`,
  );
  red.events.emit('comms', { topic: WAITING_TOPIC, data: waiting, retain: false });
}
