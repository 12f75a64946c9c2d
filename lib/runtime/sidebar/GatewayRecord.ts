import { type IncomingSms, isPort, isRegistered, type PortInfo } from '../../gateway-api';
import type { Level, SidebarEvent, SidebarPort, SidebarSms } from '../../sidebar/snapshot';
import type { StoredSms } from '../../store';
import { statusFor } from '../status';
import { Minutes } from './Minutes';
import { Recent } from './Recent';
import { sidebarPort } from './sidebarPort';
import { levelOf, tallyOf } from './tally';

const MOST_SMS = 8;
const MOST_EVENTS = 12;
/** Characters of a text that are kept to be shown. */
const LONGEST_TEXT = 160;

type Code = Parameters<typeof statusFor>[0];

/** What the sidebar remembers of one gateway node: counts, the last SMS, what happened, and what the ports were like. */
export class GatewayRecord {
  readonly minutes = new Minutes();
  /** SMS in the gateway, by its last answer to us. */
  there: number | undefined;
  ports: SidebarPort[] = [];
  private readonly recentSms = new Recent<SidebarSms>(MOST_SMS);
  private readonly recentEvents = new Recent<SidebarEvent>(MOST_EVENTS);
  /** Whether each port was registered when we last heard of it. */
  private readonly registered = new Map<number, boolean>();
  private obstacle: Code | undefined;
  private asking: Code | undefined;
  private lastKey = 0;

  get sms(): SidebarSms[] {
    return this.recentSms.list;
  }

  get events(): SidebarEvent[] {
    return this.recentEvents.list;
  }

  /** Why things don't go on: what holds SMS up, else what our own questions failed with. */
  get code(): Code | undefined {
    return this.obstacle ?? this.asking;
  }

  /**
   * SMS have changed.
   * @param isNews tells those whose status is another one now
   * @param monotonic the same moment by the clock that never steps, by which the minutes are counted
   */
  noticed(sms: readonly StoredSms[], isNews: (id: number) => boolean, now: number, monotonic: number): void {
    for (const one of sms) if (isNews(one.id)) for (const what of tallyOf(one)) this.minutes.count(what, monotonic);
    this.recentSms.put(...sms.slice(-MOST_SMS).map((one) => sentSms(one, now)));
  }

  received(sms: readonly IncomingSms[], now: number): void {
    this.recentSms.put(...sms.slice(-MOST_SMS).map((one) => receivedSms(one, now)));
  }

  /** The queue has met an obstacle, or goes on. */
  met(obstacle: Code | undefined, now: number): void {
    this.change(now, () => {
      this.obstacle = obstacle;
    });
  }

  /** Our own question was answered with this. */
  answered(info: readonly PortInfo[], in_queue: number, now: number): void {
    this.there = in_queue;
    const known = info.filter(({ port }) => isPort(port));
    this.ports = known.map(sidebarPort).sort((one, other) => one.port - other.port);
    for (const { port, reg } of this.ports) this.port(port, isRegistered(reg), now);
    this.change(now, () => {
      this.asking = undefined;
    });
  }

  /** Our own question failed. What the ports were like stays, for what it is worth. */
  failed(code: Code, now: number): void {
    this.change(now, () => {
      this.asking = code;
    });
  }

  /** Notes whether a port is registered, whoever told it; the first time is no news. */
  port(port: number, isRegistered: boolean, now: number): void {
    if (!isPort(port)) return;
    const was = this.registered.get(port);
    this.registered.set(port, isRegistered);
    if (was === undefined || was === isRegistered) return;
    this.happened({
      at: now,
      kind: 'port',
      port,
      level: isRegistered ? 'good' : 'bad',
      code: isRegistered ? 'UP' : 'DOWN',
    });
  }

  ussd(port: number, text: string, now: number): void {
    this.happened({ at: now, kind: 'ussd', port, level: 'unknown', text: cut(text) });
  }

  hourlyLimitReset(now: number): void {
    this.happened({ at: now, kind: 'hourlyLimit', level: 'waiting' });
  }

  private change(now: number, act: () => void): void {
    const before = this.code;
    act();
    const { code } = this;
    if (code === before) return;
    this.happened({ at: now, kind: 'connection', level: levelOfCode(code), ...(code !== undefined && { code }) });
  }

  private happened(event: Omit<SidebarEvent, 'key'>): void {
    this.lastKey += 1;
    this.recentEvents.put({ ...event, key: this.lastKey });
  }
}

/** The colour that a node's status has for this. */
export function levelOfCode(code: Code | undefined): Level {
  if (code === undefined) return 'good';
  return statusFor(code).fill === 'yellow' ? 'waiting' : 'bad';
}

const sentSms = ({ id, number, text, port, status, history }: StoredSms, now: number): SidebarSms => ({
  key: `out ${id}`,
  direction: 'out',
  at: history.at(-1)?.at ?? now,
  number,
  text: cut(text),
  ...(port !== undefined && { port }),
  status,
  level: levelOf(status),
});

const receivedSms = (
  { incoming_sms_id, number, text, port, timestamp = '' }: IncomingSms,
  now: number,
): SidebarSms => ({
  // The gateway's ids may start again: the moment of receiving tells two apart.
  key: `in ${incoming_sms_id} ${cut(timestamp)}`,
  direction: 'in',
  at: now,
  number: cut(number),
  text: cut(text),
  port,
  level: 'good',
});

// By characters, so that no emoji is cut in two.
const cut = (text: string): string => {
  if (text.length <= LONGEST_TEXT) return text;
  return `${[...text.slice(0, 2 * LONGEST_TEXT)].slice(0, LONGEST_TEXT - 1).join('')}…`;
};
