import type { IncomingSms, PortInfo } from '../../lib/gateway-api';
import { PortTexts } from '../../lib/messaging/dialogs/ussd/PortTexts';
import { RecentTexts } from '../../lib/messaging/dialogs/ussd/RecentTexts';
import { UssdDialogs } from '../../lib/messaging/dialogs/ussd/UssdDialogs';
import { HomeCountry } from '../../lib/messaging/HomeCountry';
import { GatewayHealth } from '../../lib/messaging/health/GatewayHealth';
import { InboxCursor } from '../../lib/messaging/inbox/InboxCursor';
import { RecordHistory } from '../../lib/messaging/inbox/RecordHistory';
import { Undecided } from '../../lib/messaging/inbox/Undecided';
import { Oddities } from '../../lib/messaging/Oddities';
import { Pushes } from '../../lib/messaging/Pushes';
import { KnownPorts } from '../../lib/messaging/reading/KnownPorts';
import { PortReader } from '../../lib/messaging/reading/PortReader';
import { RequestQueue } from '../../lib/messaging/requestQueue/RequestQueue';
import { Observer } from '../../lib/messaging/selftest/Observer';
import { Cards } from '../../lib/messaging/sims/Cards';
import { Evidence } from '../../lib/messaging/sms/evidence/Evidence';
import { PortWatcher } from '../../lib/messaging/watching/ports/PortWatcher';
import { PushesUnderWay } from '../../lib/runtime/push/PushesUnderWay';
import { GatewayRecord } from '../../lib/runtime/sidebar/GatewayRecord';
import { Leases } from '../../lib/runtime/sidebar/Leases';
import { Recent } from '../../lib/runtime/sidebar/Recent';
import { remembered } from '../../lib/times/remembered';
import { FakeClock } from '../support/FakeClock';
import { type Filled, fillOutbox } from './fillOutbox';

/** How often each is asked to take something new. */
const MANY = 5000;
/** More than a body or an answer may have in one field. */
const LONG = 'x'.repeat(2000);

/** The members of a private field, along a path. */
export function sizeOf(thing: object, ...path: string[]): number {
  const end = path.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], thing);
  if (typeof end === 'number') return end;
  const { size, length } = end as { size?: number; length?: number };
  return size ?? length ?? Number.NaN;
}

const sms = (id: number, more: Partial<IncomingSms> = {}): IncomingSms => ({
  ...{ incoming_sms_id: id, number: String(id), smsc: '', text: `t${id}`, port: 0, timestamp: '2026-11-28 12:00:00' },
  ...more,
});
const many = <T>(make: (place: number) => T): T[] => Array.from({ length: MANY }, (_, place) => make(place));
/** Ports as an answer may invent them. */
const invented = many((port): PortInfo => ({ port, reg: 'REGISTER_OK', imsi: `23201${LONG}`, number: LONG }));
const requests = (api: object): RequestQueue<never> =>
  new RequestQueue({ api, clock: new FakeClock(), concurrency: 1 }) as never;

function seenWithPushes(): InboxCursor {
  const seen = InboxCursor.beginning(false);
  seen.lookBegins();
  seen.all([{ id: 1, sms: sms(1) }]);
  seen.lookBegins();
  // One in two, so that each is a run of its own.
  seen.pushed(many((place) => sms(3 + 2 * place)));
  return seen;
}

/** The health of a gateway that has invented ports, by an answer and by pushes. */
function filledHealth(): GatewayHealth {
  const reader = { read: () => Promise.reject(new Error('nobody asks')) };
  const { signal } = new AbortController();
  const health = new GatewayHealth({ clock: new FakeClock(), reader, signal, getContact: () => ({}) });
  health.portsTold(invented.map((port) => ({ ...port, signal: 17 })));
  health.registered(many((port) => ({ port, status: 'up' })) as never);
  return health;
}

async function filledCards(): Promise<Cards> {
  const store = { changeUsage: async () => undefined, change: async () => [], find: async () => [] };
  const cards = new Cards({
    ...{ store, clock: new FakeClock(), members: new Set(['g']) },
    onSeen: async () => undefined,
    onChange: () => undefined,
  });
  await cards.learn({ getPortInfo: async () => ({ error_code: 200, info: [...invented] }) } as never);
  return cards;
}

async function ussdWithPushes(): Promise<UssdDialogs> {
  const pushes = new Pushes();
  const dialogs = new UssdDialogs({ requests: requests({}), clock: new FakeClock(), pushes });
  await pushes.tell({ ussd: many((port) => ({ port, text: LONG })) });
  return dialogs;
}

async function watchedPorts(): Promise<PortWatcher> {
  const [pushes, clock] = [new Pushes(), new FakeClock()];
  const watcher = new PortWatcher({
    ...{ clock, pushes, question: { info: ['reg'] }, interval: 1000, signalStep: 3, key: 'key' },
    notes: { notes: async () => new Map(), putNotes: async () => undefined },
    reader: { read: async () => ({ ports: invented, left_out: [] }) },
    flows: { untilReady: async () => undefined, untilHandedOn: async () => undefined },
    ...{ onChange: () => undefined, onLook: () => undefined, onError: () => undefined },
  });
  await clock.advance(1000);
  await pushes.tell({
    register: many((place) => ({ port: place % 40, status: 'up', iccid: '', imsi: '', number: '' })),
  });
  return watcher;
}

async function selfTestWithPushes(): Promise<Observer> {
  const pushes = new Pushes();
  const api = { queryIncomingSms: async () => ({ sms: [] }), querySmsDeliverStatus: async () => ({ result: [] }) };
  const way = { from: 0, to: 1, number: '1' };
  const { signal } = new AbortController();
  const watch = new Observer({ pushes, requests: requests(api), clock: new FakeClock() } as never, way, signal);
  await watch.begin([1]);
  await pushes.tell({ sms: many((place) => sms(place, { port: 1, text: `${place}${LONG}` })) });
  return watch;
}

function recordWithAll(): GatewayRecord {
  const record = new GatewayRecord();
  record.answered(invented, 0, 0);
  for (const { port } of invented) record.port(port, true, 0);
  record.received(
    many((place) => sms(place, { text: LONG, number: LONG, timestamp: LONG })),
    0,
  );
  return record;
}

let filled: Promise<Filled> | undefined;
const delivery = (part: keyof Filled) => async (): Promise<number> => {
  filled ??= fillOutbox(MANY);
  return (await filled)[part];
};

/** What outsiders can fill: each is given far more than its bound, and answers how many members it has then. */
export const DRIVES: Readonly<Record<string, () => number | Promise<number>>> = {
  'GatewayHealth.signals': () => sizeOf(filledHealth(), 'signals'),
  'ReadySims.byPort': () => sizeOf(filledHealth(), 'sims', 'byPort'),
  'Cards.byPort': async () => sizeOf(await filledCards(), 'byPort'),
  'Cards.justSeen': async () => sizeOf(await filledCards(), 'justSeen'),
  'HomeCountry.sims': () => {
    const { signal } = new AbortController();
    const home = new HomeCountry({
      settings: { country: '' },
      reader: { read: never },
      clock: new FakeClock(),
      signal,
    });
    home.seen(invented);
    return sizeOf(home, 'sims');
  },
  'Oddities.said': () => {
    const oddities = new Oddities(() => undefined);
    for (const key of many(String)) oddities.note({ key, text: key });
    return sizeOf(oddities, 'said');
  },
  'PortTexts.held': () => {
    const texts = new PortTexts();
    texts.sends('before', 0);
    for (const place of many((one) => one)) texts.pushed(`text ${place}`, 1);
    return sizeOf(texts, 'held');
  },
  'RecentTexts.seen': () => {
    const texts = new RecentTexts();
    for (const key of many(String)) texts.add(key, 0, true, 0);
    return sizeOf(texts, 'seen');
  },
  'UssdDialogs.ports': async () => sizeOf(await ussdWithPushes(), 'ports'),
  'EmitOutbox.waiting': delivery('waiting'),
  'EmitOutbox.stored': delivery('stored'),
  'EmitOutbox.held': delivery('held'),
  'RecordHistory.prints': () => {
    const known = new RecordHistory();
    for (const { id } of many((place) => ({ id: 20 * place }))) known.add([{ id, sms: sms(id) }]);
    return sizeOf(known, 'prints');
  },
  'RecordHistory.former': () => {
    const known = new RecordHistory();
    for (const place of many((one) => one)) known.retireAlso({ id: place, sms: sms(place) });
    return sizeOf(known, 'former');
  },
  'Ranges.ranges': () => sizeOf(seenWithPushes(), 'ahead', 'ranges'),
  'InboxCursor.meanwhile': () => sizeOf(seenWithPushes(), 'meanwhile'),
  'Unpushed.ids': () => {
    const seen = InboxCursor.beginning(false);
    seen.all(many((place) => ({ id: 1 + place, sms: sms(1 + place) })));
    return sizeOf(seen, 'unpushed', 'ids');
  },
  'Undecided.byFingerprint': () => {
    const undecided = new Undecided([]);
    for (const place of many((one) => one)) undecided.add(sms(place));
    return sizeOf(undecided, 'byFingerprint');
  },
  'KnownPorts.seen': () => {
    const known = new KnownPorts(new PortReader(requests({})), new FakeClock());
    known.note(invented);
    return sizeOf(known, 'seen');
  },
  'Evidence.ours': () => {
    const evidence = new Evidence();
    for (const task of many((one) => one)) evidence.accepted(task, { at: 0, task_id: undefined });
    return sizeOf(evidence, 'ours');
  },
  'Observer.pushed': async () => sizeOf(await selfTestWithPushes(), 'pushed'),
  'PortMemory.ports': async () => sizeOf(await watchedPorts(), 'memory', 'ports'),
  'PortWatcher.heard': async () => sizeOf(await watchedPorts(), 'heard'),
  'GatewayRecord.ports': () => sizeOf(recordWithAll(), 'ports'),
  'GatewayRecord.registered': () => sizeOf(recordWithAll(), 'registered'),
  'Leases.byTicket': () => {
    let tickets = 0;
    const createTicket = (): string => String(++tickets);
    const leases = new Leases({ clock: new FakeClock(), createTicket, onChange: () => undefined });
    for (const _ of invented) leases.grant(undefined, 'ann');
    return sizeOf(leases, 'byTicket');
  },
  'PushesUnderWay.turns': async () => {
    const pushes = new PushesUnderWay(LONG.length);
    const request = { headers: { 'content-length': '1' } } as never;
    for (const _ of invented) void pushes.run<unknown>(request, () => pushes.inTurn(never), 'too many');
    await Promise.resolve();
    return sizeOf(pushes, 'turns', 'waiting');
  },
  'Recent.all': () => {
    const recent = new Recent<{ key: number }>(12);
    for (const key of many((one) => one)) recent.put({ key });
    return sizeOf(recent, 'all');
  },
  'bySpans.spans': () => {
    let asked = 0;
    const days = 3 * MANY;
    const offsetAt = remembered(() => {
      asked += 1;
      return 0;
    });
    for (let day = 0; day < days; day++) offsetAt(day * 86_400_000);
    const before = asked;
    offsetAt(0);
    // What was asked for first is asked for again: it was forgotten.
    return asked > before ? 4000 : days;
  },
};

const never = (): Promise<never> => new Promise(() => undefined);
