import type { IncomingSms } from '../../gateway-api';
import { judge, type Standing } from './judge';
import { Known, type KnownNote } from './Known';
import { type Found, isSame, printOf } from './print';
import { Ranges } from './Ranges';

/** An SMS that is to be emitted. */
export interface Fresh {
  sms: IncomingSms;
  /** It may have been emitted before: nobody can know. */
  doubtful: boolean;
}

/** What is stored of it. */
export interface SeenNote {
  cursor?: number;
  ahead: [number, number][];
  known: KnownNote;
  asked: IncomingSms[];
}

/**
 * What one node has had of one device's incoming SMS, and what of that which a push or a poll brings is new to it. It
 * never compares texts to find doubles: the id tells, as long as it means what it meant.
 */
export class Seen {
  /** Up to this id everything is had that was there; undefined: the beginning isn't known yet. */
  private cursor: number | undefined;
  /** Ids above the cursor that are had: pushes brought them. */
  private readonly ahead: Ranges;
  private readonly known: Known;
  /** Pushed SMS whose ids don't fit what is known: a look at the whole list decides about them. */
  private asked: IncomingSms[];
  /** How many of them were there when the present look began: its list says nothing of what was pushed since. */
  private askedBefore = 0;
  /** The highest known id that the gateway still shows; asking from just below it shows whether that is still so. */
  private anchor: number;
  private verified = false;
  /** Ids pushed since the present look began. */
  private readonly meanwhile = new Set<number>();

  constructor(note: SeenNote) {
    this.cursor = note.cursor;
    this.ahead = new Ranges(note.ahead);
    this.known = new Known(note.known);
    this.asked = note.asked;
    this.anchor = note.cursor ?? 0;
  }

  /** Nothing yet: with `backlog` all that the gateway has is new, else only what comes from now on. */
  static beginning(backlog: boolean): Seen {
    const known = { prints: [], floor: 0, denseFrom: 0 };
    return new Seen({ ...(backlog && { cursor: 0 }), ahead: [], known, asked: [] });
  }

  /** Whether a first look has still to find out where "from now on" begins. */
  get begins(): boolean {
    return this.cursor === undefined;
  }

  /** Whether only the whole list will do. */
  get needsAll(): boolean {
    if (this.cursor === undefined || this.asked.length > 0) return true;
    return this.cursor > 0 && this.anchor === 0;
  }

  /** Where a look has to begin: records above this id are needed. */
  get from(): number {
    return this.needsAll ? 0 : Math.max(0, Math.min(this.cursor ?? 0, this.anchor) - 1);
  }

  /** What a push brings and this node hasn't had. What can't be told yet waits for the next look. */
  pushed(sms: readonly IncomingSms[]): Fresh[] {
    return sms.flatMap((one) => {
      const found = { id: one.incoming_sms_id, sms: one };
      const standing = this.known.compare(found, true);
      if (standing === 'same') return [];
      if (standing === undefined && this.isNew(found.id)) return this.accept(found);
      if (!this.asked.some((other) => isSameSms(other, one))) this.asked.push(one);
      return [];
    });
  }

  /** A look begins. */
  lookBegins(): void {
    // Where nothing was had yet there is nothing that could have changed.
    this.verified = this.cursor === 0;
    this.meanwhile.clear();
    this.askedBefore = this.asked.length;
  }

  /**
   * What the next page brings, its records ascending and above all earlier ones of this look. Undefined: something doesn't
   * fit what is known, only a look at the whole list can tell.
   */
  page(found: readonly Found[]): Fresh[] | undefined {
    const { cursor = 0 } = this;
    const compared = found.map((one) => ({ one, standing: this.known.compare(one) }));
    if (compared.some(({ standing }) => standing === 'different')) return undefined;
    this.verified ||= compared.some(({ one, standing }) => standing === 'same' && one.sms && one.id <= cursor);
    const above = found.filter(({ id }) => id > cursor);
    if (above.length > 0 && !this.isTrusted) return undefined;
    const fresh = above.filter(({ id }) => !this.ahead.has(id));
    this.known.add(found);
    this.moveTo(Math.max(cursor, found.at(-1)?.id ?? 0));
    this.anchor = Math.max(lastReadable(found), this.anchor);
    return toFresh(fresh);
  }

  /** Whether the pages of a look have shown that the ids still mean what they meant. */
  get isTrusted(): boolean {
    return this.verified;
  }

  /** What the gateway's whole list brings, ascending by id. */
  all(found: readonly Found[]): Fresh[] {
    const top = found.at(-1)?.id ?? 0;
    if (this.cursor === undefined) return this.beginAfter(found, top);
    this.known.followClock(found, this.cursor);
    const readable = found.filter(({ sms }) => sms);
    const verdict = judge(readable, this.cursor, (one) => this.standingOf(one));
    const missing = this.missing(found);
    if (verdict.restartedAbove === undefined) {
      this.known.addAmongOld(found);
      this.moveTo(Math.max(this.cursor, top));
    } else this.restart(verdict.restartedAbove, found);
    this.anchor = lastReadable(found);
    const fresh = verdict.fresh.flatMap(({ found: { sms }, doubtful }) => (sms ? [{ sms, doubtful }] : []));
    return [...fresh, ...this.accepted(missing)];
  }

  toJSON(): SeenNote {
    const { cursor, ahead, known, asked } = this;
    return { ...(cursor !== undefined && { cursor }), ahead: ahead.toJSON(), known: known.toJSON(), asked };
  }

  /** What is there at the first start isn't new, but for what pushes said was. */
  private beginAfter(found: readonly Found[], top: number): Fresh[] {
    const missing = this.missing([]);
    this.known.add(found);
    this.moveTo(top);
    this.anchor = lastReadable(found);
    return this.accepted(missing);
  }

  private accept(found: Found & { sms: IncomingSms }): Fresh[] {
    const { id } = found;
    this.known.add([found], true);
    if (this.cursor === undefined || id > this.cursor) this.ahead.add(id);
    this.meanwhile.add(id);
    return [{ sms: found.sms, doubtful: false }];
  }

  /** An id that no print is known of: whether it certainly wasn't seen while the ids mean what they meant. */
  private isNew(id: number): boolean {
    if (this.cursor === undefined || id > this.cursor) return !this.ahead.has(id);
    return this.known.wasMissing(id);
  }

  private standingOf(found: Found): Standing {
    const { id } = found;
    const standing = this.known.compare(found);
    if (standing !== undefined) return standing;
    const isAbove = this.cursor === undefined || id > this.cursor;
    if (isAbove) return this.ahead.has(id) ? 'unsure' : 'never';
    return this.known.neverSeen(id) ? 'never' : 'unsure';
  }

  /** The pushed SMS that the whole list doesn't show: the gateway has forgotten them, this node must not. */
  private missing(found: readonly Found[]): Fresh[] {
    const there = new Map(found.map((one) => [one.id, one]));
    const isShown = (sms: IncomingSms): boolean => {
      const shown = there.get(sms.incoming_sms_id);
      return shown !== undefined && isSame(printOf(shown), printOf({ id: sms.incoming_sms_id, sms }, true));
    };
    const asked = this.asked.slice(0, this.askedBefore);
    this.asked = this.asked.slice(this.askedBefore).filter((sms) => !isShown(sms));
    this.askedBefore = 0;
    return asked.flatMap((sms) => {
      if (isShown(sms)) return [];
      const standing = this.known.compare({ id: sms.incoming_sms_id, sms }, true);
      return standing === 'same' ? [] : [{ sms, doubtful: standing === undefined }];
    });
  }

  /** Notes those: what the list shows of their ids counts before. */
  private accepted(missing: Fresh[]): Fresh[] {
    for (const { sms } of missing) {
      const one = { id: sms.incoming_sms_id, sms };
      if (this.known.compare(one) !== undefined) this.known.retireAlso(one);
      else this.known.addAmongOld([one], true);
      if (one.id > (this.cursor ?? 0)) this.ahead.add(one.id);
    }
    return missing;
  }

  private restart(above: number, found: readonly Found[]): void {
    const top = Math.max(above, found.at(-1)?.id ?? 0);
    const pushed = [...this.meanwhile].filter((id) => id > top);
    this.known.restart(above, (id) => pushed.includes(id), found);
    this.ahead.dropUpTo(Number.POSITIVE_INFINITY);
    for (const id of pushed) this.ahead.add(id);
    this.cursor = top;
  }

  private moveTo(cursor: number): void {
    this.cursor = cursor;
    this.ahead.dropUpTo(cursor);
  }
}

/** Only such a record shows later whether it is still the same. */
const lastReadable = (found: readonly Found[]): number => found.filter(({ sms }) => sms).at(-1)?.id ?? 0;

const toFresh = (found: readonly Found[]): Fresh[] =>
  found.flatMap(({ sms }) => (sms ? [{ sms, doubtful: false }] : []));

const isSameSms = (one: IncomingSms, other: IncomingSms): boolean =>
  one.incoming_sms_id === other.incoming_sms_id &&
  isSame(printOf({ id: 0, sms: one }, true), printOf({ id: 0, sms: other }, true));
