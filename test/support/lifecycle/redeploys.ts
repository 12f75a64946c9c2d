import { type Simulator, startSimulator } from '../../../simulator';
import { freePort } from '../freePort';
import type { NodeRedVersion } from '../node-red';
import { allKinds } from './flows';
import { type Held, LivingNodeRed } from './LivingNodeRed';

/** The nodes that are changed one at a time, by their ids; `undefined`: all, by a full deploy. */
export const CHANGED = [
  ...[undefined, 'store', 'gateway', 'push-receiver', 'own-port', 'send-sms', 'stop-sms', 'query-result'],
  ...['receive-sms', 'receive-asked', 'ussd', 'port-info', 'set-port', 'stk', 'cdr'],
] as const;

export interface Redeployed {
  before: Held;
  after: Held;
  /** How many deploys lay between. */
  deploys: number;
  /** The longest of them, in ms. */
  longest: number;
  warnings: string[];
  log: string;
  /** What the process ended with. */
  exit: number | NodeJS.Signals;
}

/** What asks by itself; a close that waited for an answer would end by Node-RED's own patience of 15 seconds. */
const QUESTIONS = ['/api/get_port_info', '/api/query_incoming_sms', '/api/get_cdr'];

/**
 * What waits while all is deployed anew: SMS that the gateway doesn't take, a dialogue without a reply, who waits for its end,
 * and questions that are never answered.
 */
async function makeBusy({ nodeRed }: LivingNodeRed, simulator: Simulator): Promise<void> {
  simulator.fault({ fault: 'fullQueue', path: '/api/send_sms' });
  for (const button of ['sms', 'sms', 'sms', 'ussd', 'stk', 'stk', 'receive', 'query']) {
    const answer = await nodeRed.admin(`/inject/button-${button}`, { method: 'POST' });
    if (!answer.ok) throw new Error(`button ${button}: ${answer.status}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 1500));
  for (const path of QUESTIONS) simulator.fault({ fault: 'hang', path });
}

/** Deploys a flow of all kinds `times` times for each kind, after `first` rounds that aren't counted. */
export async function redeploy(version: NodeRedVersion, times: number, first: number): Promise<Redeployed> {
  const simulator = await startSimulator({ speed: 'fast', ports: 8 });
  const listen = await freePort();
  let round = 0;
  const flows = (changed?: string) => allKinds({ url: simulator.url, listen, round: round++, changed });
  const living = await LivingNodeRed.start(version, flows('none'));
  let longest = 0;
  const deploy = async (count: number): Promise<void> => {
    for (const changed of CHANGED) {
      for (let time = 0; time < count; time++) {
        const begun = performance.now();
        await living.nodeRed.deploy(flows(changed), changed === undefined ? 'full' : 'nodes');
        longest = Math.max(longest, performance.now() - begun);
      }
    }
  };
  try {
    await makeBusy(living, simulator);
    await deploy(first);
    const before = await living.held();
    longest = 0;
    await deploy(times);
    const after = await living.held();
    const { warnings } = living;
    const exit = await living.nodeRed.stop();
    return { before, after, deploys: times * CHANGED.length, longest, warnings, log: living.nodeRed.log(), exit };
  } finally {
    await living.nodeRed.stop();
    await simulator.close();
  }
}
