import type { StoredSms } from '../../../lib/store';
import type { Bought, StrictOperator } from './StrictOperator';

/** A plan as its contract reads, and what of each limit may be used by all but alarms. */
export interface Contract {
  bought: readonly (Bought & { normal: number })[];
  sticky: 'off' | 'prefer' | 'always';
}

export interface Scene {
  operator: StrictOperator;
  ports: readonly number[];
  getContract: (port: number) => Contract;
  /** How many SMS lie in the gateway for a port. */
  getLying: (port: number) => number;
  now: number;
}

const MINUTE = 60_000;
/** A SIM that has sent nothing for so long is idle: many times as long as it pauses. */
const IDLE_MS = 3 * MINUTE;
const STICKY_MS = 30 * 24 * 60 * MINUTE;
const LONGEST_ONE = 160;

/**
 * Which of some SMS wait for nothing: a SIM that may send them has been idle for minutes, with room in its plan all that time, by
 * what its operator has seen and what was bought. It shares no line with what it judges.
 */
export function findStarved(waiting: readonly StoredSms[], scene: Scene): string[] {
  const { ports, operator, getLying, now } = scene;
  const idle = ports.filter((port) => getLying(port) === 0 && now - operator.lastOf(port) >= IDLE_MS);
  const rooms = new Map(idle.map((port) => [port, roomOf(port, scene)]));
  return waiting.flatMap((sms) => {
    const free = allowed(sms, scene).find((port) => rooms.get(port)?.(sms) ?? false);
    if (free === undefined) return [];
    const why = sms.held
      ? `${sms.held.text}, until ${sms.held.until && new Date(sms.held.until).toISOString()}`
      : 'free';
    return [`${new Date(now).toISOString()} ${sms.priority} SMS ${sms.id} to ${sms.number}, port ${free} idle: ${why}`];
  });
}

/** The ports by which an SMS may go: the one of a SIM that keeps its recipient whatever comes, else all. */
function allowed({ number, priority }: StoredSms, { ports, operator, getContract, now }: Scene): readonly number[] {
  if (priority === 'high') return ports;
  const kept = operator
    .sentTo(number)
    .filter(({ at, port }) => getContract(port).sticky !== 'off' && at > now - STICKY_MS + IDLE_MS);
  const last = kept.at(-1);
  if (!last || getContract(last.port).sticky !== 'always') return ports;
  // Of two that were on air within moments nobody sees which was chosen last.
  const isPlain = kept.every(({ at, port }) => port === last.port || last.at - at >= IDLE_MS);
  return isPlain ? [last.port] : [];
}

/** Whether what was bought for the card in a port has had room for one more SMS, for as long as it has been idle. */
function roomOf(port: number, { operator, getContract }: Scene): (sms: StoredSms) => boolean {
  const states = getContract(port).bought.map((one) => ({ ...one, ...operator.usedNow(port, one, IDLE_MS) }));
  return ({ number, priority, text }) =>
    states.every(({ count, max, normal, used, numbers }) => {
      const segments = text.length > LONGEST_ONE ? 2 : 1;
      const need = { sms: 1, segments, recipients: numbers.has(number) ? 0 : 1 }[count];
      return need === 0 || used + need <= (priority === 'high' ? max : normal);
    });
}
