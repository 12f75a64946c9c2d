import { isRegistered, meaningOf, type PortInfo, REGISTER_STATUS, type RegisterEvent } from '../../../gateway-api';

const REGISTERED = 'REGISTER_OK';

/** Signal strengths that are none: no signal, and not known (3GPP TS 27.007, +CSQ). */
const NO_SIGNAL: ReadonlySet<unknown> = new Set([0, 99]);

/**
 * Which of `fields` differ. Of `signal` (0 to 31) only a difference of `signalStep` or more counts, or one between some
 * signal and none.
 */
export function changedFields(
  before: PortInfo,
  now: PortInfo,
  fields: readonly string[],
  signalStep: number,
): string[] {
  return fields.filter((field) =>
    field === 'signal'
      ? hasMoved(before.signal, now.signal, signalStep)
      : JSON.stringify(before[field]) !== JSON.stringify(now[field]),
  );
}

function hasMoved(before: number | undefined, now: number | undefined, step: number): boolean {
  if (before === undefined || now === undefined || before === now) return before !== now;
  return NO_SIGNAL.has(before) !== NO_SIGNAL.has(now) || Math.abs(now - before) >= step;
}

/**
 * The states that a port went through by its register pushes, in their order. Of a port that is down they don't say why:
 * it counts as `UNREGISTER`. What else is known of the port stays.
 */
export function passedThrough(before: PortInfo, events: readonly RegisterEvent[]): PortInfo[] {
  const states: PortInfo[] = [];
  let state = before;
  for (const { status } of events) {
    const said = meaningOf(REGISTER_STATUS, status);
    // A word that isn't known only makes the ports be looked at.
    if (said === undefined) continue;
    const isUp = said === 'up';
    if (isUp === isRegistered(state.reg)) continue;
    state = { ...state, reg: isUp ? REGISTERED : 'UNREGISTER' };
    states.push(state);
  }
  return states;
}

/** Returns the pushed changes that a look which came after them doesn't tell by itself, and better. */
export function unseen(states: readonly PortInfo[], now: PortInfo): PortInfo[] {
  const last = states.at(-1);
  return last && isRegistered(last.reg) === isRegistered(now.reg) ? states.slice(0, -1) : [...states];
}
