import { WAITING_TOPIC } from '../../sidebar/snapshot';
import type { JobScope } from '../../store';
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
export async function warnOfWaiting(red: Red, runtime: WithJobs, node: RedNode): Promise<void> {
  const waiting = await waitingOf(runtime, runtime.gateways.ids(), { node: node.id });
  if (waiting === 0) return;
  node.warn(
    `${waiting} SMS of this node still wait and are sent later; to stop them: the sidebar GSM gateways, ` +
      `or stop sms with { "node": "${node.id}" }`,
  );
  red.events.emit('comms', { topic: WAITING_TOPIC, data: waiting, retain: false });
}

/** A deploy has taken a gateway node away: what waits for it is sent by nobody, and shown nowhere. The log says it, and the debug tab. */
export async function warnOfStranded(runtime: WithJobs, node: RedNode): Promise<void> {
  const waiting = await waitingOf(runtime, [node.id], { waiting: true });
  if (waiting === 0) return;
  node.warn(
    `${waiting} SMS wait for this gateway node: they go on when a node with its id (${node.id}) is there again, ` +
      'and expire when their validity ends',
  );
}

type WithJobs = Pick<SharedRuntime, 'isOpen' | 'gateways'>;

async function waitingOf({ isOpen, gateways }: WithJobs, ids: string[], scope: JobScope): Promise<number> {
  if (!isOpen) return 0;
  const states = await gateways.jobs.progress(ids, scope);
  return states.reduce((sum, { progress }) => sum + progress.waiting, 0);
}
