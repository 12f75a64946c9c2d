import { atOnce } from '../../../lib/concurrency';
import { entriesOf } from '../../../lib/messaging/sms/outcome/entries';
import { sumUp } from '../../../lib/messaging/sms/outcome/sumUp';
import { hadTurn, hasReached, type JobTally, type SmsStatus, type StoredSms, type Until } from '../../../lib/store';
import type { GivenInput } from './Given';
import { GATEWAYS, type GatewayId, HOURS, type World } from './World';

const HOUR_S = 3600;
/** The longest that anything may take: SMS without a report are final after 72 hours. */
const MOST_HOURS = 120;
/** What the simulated network made of an SMS, and what may be said of it then. */
const TOLD: Record<string, readonly SmsStatus[]> = {
  DELIVERED: ['DELIVERED'],
  SENT_OK: ['SENT_OK'],
  UNDELIVERED: ['UNDELIVERED'],
  FAILED: ['FAILED'],
  STOPPED: ['STOPPED', 'UNKNOWN'],
};
const NOT_SENT: ReadonlySet<SmsStatus> = new Set(['EXPIRED', 'STOPPED', 'WITHHELD', 'UNKNOWN', 'QUEUED', 'REFUSED']);
const COUNTS = ['reached', 'failed', 'accepted', 'sent', 'delivered'] as const;

/** Lets everything come to its end: what is paused goes on, and no gateway fails any more. */
export async function letAllEnd(world: World): Promise<void> {
  for (const id of GATEWAYS) world.devices[id].mishaps.length = 0;
  for (const gateway of GATEWAYS) {
    const jobs = new Set(world.inputs.filter((input) => input.gateway === gateway).map(({ job }) => job));
    for (const node of Object.keys(HOURS)) await world.command(gateway, { node }, 'resume');
    for (const job of jobs) await world.command(gateway, { job }, 'resume');
  }
  for (let hour = 0; hour < MOST_HOURS; hour++) {
    await world.pass(HOUR_S);
    const open = await world.stored.openInputs([...GATEWAYS], '', 1);
    const jobs = await world.stored.jobNames([...GATEWAYS], { all: true }, 1);
    if (open.length + jobs.length === 0) return;
  }
}

/** What is wrong while things go on: the counts of jobs are no other than those of their SMS. */
export async function judgeCounts(world: World): Promise<string[]> {
  const wrong: string[] = [];
  for (const gateway of GATEWAYS) {
    const inputs = await keptOf(world, gateway);
    const jobs = [...new Set(inputs.map(({ job }) => job))];
    const tallies = new Map((await world.stored.jobTallies([gateway], jobs)).map((tally) => [tally.job, tally]));
    for (const job of jobs) {
      const own = inputs.filter((input) => input.job === job);
      wrong.push(...(await judgeTally(world, own, tallies.get(job))));
    }
  }
  return wrong;
}

async function judgeTally(world: World, inputs: readonly GivenInput[], tally: JobTally | undefined): Promise<string[]> {
  const [job] = inputs.map((input) => input.job);
  if (!tally) return [`nothing is known of ${job}`];
  const sum = {
    total: 0,
    waiting: 0,
    paused: 0,
    held: 0,
    undone: 0,
    reached: 0,
    failed: 0,
    accepted: 0,
    sent: 0,
    delivered: 0,
  };
  for (const input of inputs) {
    const sms = await world.stored.recipients(input.id);
    const counts = atOnce(sumUp({ until: input.options.until as 'sent', duplicates: 0 }, sms, { timedOut: false }));
    const waiting = sms.filter(({ stage }) => stage === 'waiting');
    sum.total += new Set(input.sms.map(({ recipient }) => recipient)).size;
    sum.waiting += waiting.length;
    sum.paused += waiting.filter(({ paused }) => paused).length;
    sum.held += waiting.filter(({ paused, due_at }) => paused || due_at !== 0).length;
    sum.undone += sms.filter(({ stage }) => stage !== 'done').length;
    for (const field of COUNTS) sum[field] += counts[field];
  }
  return Object.entries(sum).flatMap(([field, count]) =>
    tally[field as keyof typeof sum] === count
      ? []
      : `${job}: ${field} is ${tally[field as keyof typeof sum]}, not ${count}`,
  );
}

/** What is wrong when all has come to its end. */
export async function judgeEnd(world: World): Promise<string[]> {
  const wrong = [...world.observer.faults];
  for (const gateway of GATEWAYS) {
    const submitted = new Map<string, { state: string; at: number }>();
    for (const sms of world.devices[gateway].gateway.sms.submitted) {
      if (submitted.has(sms.number)) wrong.push(`${sms.number} was sent again`);
      submitted.set(sms.number, sms);
    }
    for (const input of await keptOf(world, gateway)) {
      const stored = await world.stored.recipients(input.id);
      wrong.push(...judgeOutcomes(input));
      wrong.push(...stored.flatMap((sms) => judgeSms(sms, input, submitted.get(sms.number))));
      wrong.push(...judgeRecipients(stored, input));
    }
  }
  return wrong;
}

/** Each leaves once, or once more after a kill before it was noted. */
function judgeOutcomes({ id, outcomes }: GivenInput): string[] {
  if (outcomes.length === 0) return [`${id} has no outcome`];
  const lives = new Set(outcomes);
  return lives.size < outcomes.length ? [`the outcome of ${id} left in lives ${outcomes}`] : [];
}

function judgeSms(
  { number, status, stage }: StoredSms,
  input: GivenInput,
  submitted: { state: string; at: number } | undefined,
): string[] {
  if (stage !== 'done') return [`${number} is ${stage} in the end`];
  if (!submitted) return NOT_SENT.has(status) ? [] : [`${number} is ${status} and was never sent`];
  const { stopped } = input;
  const isAfter = stopped && stopped !== 'perhaps' && submitted.at > stopped.at && !stopped.left.has(number);
  const late = isAfter ? [`${number} was accepted after the answer to stop, which doesn't name it`] : [];
  // A gateway that restarts may send what it was to drop: that it had left was said.
  const isNamed = status === 'STOPPED' && stopped && stopped !== 'perhaps' && stopped.left.has(number);
  const may = TOLD[submitted.state] ?? [];
  if (may.includes(status) || isNamed) return late;
  return [...late, `${number} is ${status}, the network says ${submitted.state}`];
}

/** Who got nothing, for no reason. */
function judgeRecipients(stored: readonly StoredSms[], input: GivenInput): string[] {
  const isStopped = input.stopped !== undefined || input.request.onTimeout === 'withdraw';
  return atOnce(entriesOf(stored)).flatMap((entry) => {
    const [{ number, status }] = entry;
    if (status === 'QUEUED') return [`${number} never left`];
    const tried = entry.filter(hadTurn);
    // One that is withdrawn in favour of the next number is followed by that.
    const last = tried.at(-1)?.status;
    if (last === 'STOPPED' && !isStopped) return [`${number} was stopped by nobody, as number ${tried.length} of his`];
    const isReached = entry.some((one) => hasReached(one, input.options.until as Until));
    const isGivenUp = !isReached && !isStopped && tried.length < entry.length;
    return isGivenUp && !entry.some(isOutOfTime) ? [`${number} has numbers left that nobody tried`] : [];
  });
}

const isOutOfTime = ({ status }: StoredSms): boolean => status === 'EXPIRED' || status === 'WITHHELD';

async function keptOf(world: World, gateway: GatewayId): Promise<GivenInput[]> {
  const own = world.inputs.filter((input) => input.gateway === gateway && input.state !== 'refused');
  const stored = new Map((await world.stored.inputs(own.map(({ id }) => id))).map((input) => [input.id, input]));
  return own.filter(({ id, state }) => {
    const input = stored.get(id);
    return state !== 'duplicate' && input !== undefined && input.duplicate_of === undefined;
  });
}
