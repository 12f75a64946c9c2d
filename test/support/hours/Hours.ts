import type { Random } from '../../../lib/clock';
import { atOnce } from '../../../lib/concurrency';
import { GatewayClient, type GatewayError } from '../../../lib/gateway-api';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { Outcome, Recipient } from '../../../lib/messaging/sms/outcome/outcome';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { readPush } from '../../../lib/push';
import { byKind } from '../../../lib/runtime/push/byKind';
import { MemoryStore, SteadyStore } from '../../../lib/store';
import { simCardFor } from '../../../simulator/network/simCard';
import { FakeClock } from '../FakeClock';
import { SETTINGS } from '../gatewaySettings';
import { Device } from './Device';
import type { Plan } from './plan';
import { Traffic } from './Traffic';

/** Most recipients of one input. */
const MOST = 400;
/** How often it is looked whether something is to be given in, in ms. */
const BEAT = 5000;
/** Chances of a push when they arrive at all. */
const PUSH_FAULTS = { lose: 0.05, double: 0.03, reorder: 0.05, noUserId: 0.05 };
/** What is without a report is final after 72 hours; a little more is given. */
const HOUR = 3_600_000;
const REST = 76 * HOUR;

/** What came of the hours. */
export interface Story {
  traffic: Traffic;
  device: Device;
  /** How often the outcome of each input left. */
  outcomes: Map<string, Outcome[]>;
  /** The last that was told of each SMS, by its user_id. */
  last: Map<number, Recipient>;
  /** Texts that came in, and those that were emitted, as often as they were. */
  incoming: { text: string; at: number }[];
  emitted: string[];
  /** Codes sent, what came back or the code of the error, and when it began. */
  dialogues: { code: string; answer: string; at: number }[];
  failures: string[];
  end: number;
}

/**
 * Lives through hours with a gateway, in virtual time.
 * @param tell told every six of them how many have passed and how many SMS were given in
 */
export async function liveThrough(
  plan: Plan,
  random: Random,
  tell: (hours: number, given: number) => void = () => undefined,
): Promise<Story> {
  const clock = new FakeClock(plan.begin);
  const device = new Device(clock, {
    ports: plan.ports,
    slots: 1,
    login: 'digest',
    digest: { nonceUses: 1000 },
    timezone: 'Europe/Berlin',
    paces: { segment: { from: 5000, to: 60_000 } },
    pushFaults: PUSH_FAULTS,
    remembers: 1_000_000,
    random,
    onPush: async (body) => {
      const gateway = gateways.of('gateway');
      await gateway?.pushed(byKind(readPush(body, gateway.device.clockFace)));
    },
  });
  const traffic = new Traffic(random, plan.ports);
  const story: Story = {
    ...{ traffic, device, outcomes: new Map(), last: new Map(), incoming: [], emitted: [] },
    ...{ dialogues: [], failures: [], end: 0 },
  };
  const store = new SteadyStore(new MemoryStore({ random }), clock);
  await store.open();
  const gateways = new Gateways({
    ...{ store, clock, random },
    onOutcome: async ({ id }, outcome) => void story.outcomes.set(id, [...(story.outcomes.get(id) ?? []), outcome]),
    onUpdate: (_input, recipient) => void story.last.set(recipient.user_id, recipient),
    onObstacle: () => undefined,
    onError: ({ message }) => void story.failures.push(message),
  });
  const login = { username: 'admin', password: 'admin', timezone: 'Europe/Berlin' };
  const connect = () => new GatewayClient({ url: 'http://gateway', ...login, clock, random }, device);
  gateways.join({
    id: 'gateway',
    address: 'http://gateway',
    rank: 0,
    wiring: '',
    settings: SETTINGS,
    createClient: connect,
  });
  await clock.advance(1000);
  const unsubscribe = gateways.of('gateway')?.inbox.subscribe({
    ...{ node: 'receive', gateway: 'gateway', backlog: false, mode: 'poll', interval: 10_000 },
    onState: () => undefined,
    onSms: async (handed) => {
      story.emitted.push(...handed.map(({ sms }) => sms.text));
      return true;
    },
  });

  const take = async (most: number): Promise<number> => {
    const { id, options, count } = traffic.next(clock.now(), most);
    const validated = atOnce(validateRequest({ to: '', text: '', ...options }, 'keep', clock.now()));
    await gateways.take({ id, validated, gateway: 'gateway', node: 'send', onTimeout: 'keep', msg: '{}' }, 7);
    return count;
  };
  const at = (ms: number, action: () => void): void => void clock.after(ms, action);
  for (const { from, to, seconds } of [plan.clockOff]) {
    at(from, () => (device.gateway.world.ahead.device = seconds * 1000));
    at(to, () => (device.gateway.world.ahead.device = 0));
  }
  at(plan.deaf.from, () => (device.gateway.pusher.faults = { lose: 1 }));
  at(plan.deaf.to, () => (device.gateway.pusher.faults = PUSH_FAULTS));
  for (const reboot of plan.reboots) at(reboot.at, () => device.reboot(reboot));
  for (const swap of plan.swaps) {
    const port = device.gateway.port(swap.port);
    at(swap.at, () => port.loseSim());
    at(swap.at + swap.for, () => port.insertSim({ ...simCardFor(swap.port, 1) }));
  }
  const every = (mean: number, action: () => void): void => {
    const again = (): void =>
      at(mean * (0.2 + 1.6 * random()), () => {
        if (clock.now() - plan.begin > plan.length) return;
        if (device.isUp) action();
        again();
      });
    again();
  };
  every(plan.every.incoming, () => {
    const text = `hello ${story.incoming.length}`;
    story.incoming.push({ text, at: clock.now() });
    device.gateway.receive({ port: Math.floor(random() * plan.ports), number: '4366499999', text });
  });
  every(plan.every.mishap, () => device.mishaps.push(random() < 0.5 ? 'lost' : 'unanswered'));
  every(plan.every.ussd, () => {
    const code = `*150*${story.dialogues.length}#`;
    const dialogue = { code, answer: '', at: clock.now() };
    story.dialogues.push(dialogue);
    const { ussd } = gateways.of('gateway') ?? {};
    const { signal } = new AbortController();
    ussd?.dialogue([Math.floor(random() * plan.ports)], [code], 30_000, signal).then(
      ([record]) => (dialogue.answer = record?.text ?? ''),
      (error: GatewayError) => (dialogue.answer = error.code),
    );
  });

  let given = 0;
  const waiting = (): number => given - device.gateway.sms.submitted.length;
  const bursts = [...plan.bursts];
  while (clock.now() - plan.begin < plan.length) {
    const now = clock.now() - plan.begin;
    const burst = bursts.findIndex((one) => one.at <= now);
    const [{ count = 0 } = {}] = burst < 0 ? [] : bursts.splice(burst, 1);
    const isIdle = plan.idle.some(({ from, to }) => now >= from && now < to);
    const wanted =
      count > 0 ? given + count : waiting() < plan.backlog.least && !isIdle ? given - waiting() + plan.backlog.most : 0;
    while (given < wanted) given += await take(MOST);
    await clock.advance(BEAT);
    if (now % (6 * HOUR) < BEAT) tell(now / HOUR, given);
  }
  story.end = clock.now();
  await clock.advance(HOUR);
  unsubscribe?.();
  await clock.advance(REST - HOUR);
  const left = gateways.leave('gateway');
  await clock.advance(60_000);
  await left;
  await store.close();
  device.gateway.close();
  return story;
}
