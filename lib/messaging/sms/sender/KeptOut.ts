import { OldestOut } from '../../../bounded/OldestOut';
import type { RefusedByStatus } from '../../../gateway-api';
import type { StoredSms } from '../../../store';

/** A request that was refused by what refuses everything, and how long it had been under way then, in ms. */
export interface Refused {
  error: RefusedByStatus;
  underWay: number;
}

/** Requests that meet a ban are a few: the next ones aren't sent. */
const MOST_KNOWN = 1000;

/**
 * SMS whose request met a ban, or what looks like one: a proxy may have passed it on and refused the answer. As long as that
 * lasts nothing can be asked; so they are asked for before they are sent again (docs/decisions/0038).
 */
export class KeptOut {
  private readonly refused = new OldestOut<number, Refused>(MOST_KNOWN);

  note(sms: readonly StoredSms[], refused: Refused): void {
    for (const { id } of sms) this.refused.set(id, refused);
  }

  /** Those of some SMS that are to be asked for, and what they met; undefined where there is none. */
  among(sms: readonly StoredSms[]): (Refused & { sms: StoredSms[] }) | undefined {
    const found = sms.filter(({ id }) => this.refused.has(id));
    const [first] = found.map(({ id }) => this.refused.get(id));
    if (first === undefined) return undefined;
    const underWay = Math.max(...found.map(({ id }) => this.refused.get(id)?.underWay ?? 0));
    return { error: first.error, underWay, sms: found };
  }

  forget(sms: readonly StoredSms[]): void {
    for (const { id } of sms) this.refused.delete(id);
  }
}
