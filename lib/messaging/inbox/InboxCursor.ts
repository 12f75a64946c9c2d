import type { IncomingSms } from '../../gateway-api';
import { fingerprintOf, isSame, type ListedRecord } from './fingerprint';
import { judge, type Standing } from './judge';
import { Ranges } from './Ranges';
import { RecordHistory, type RecordHistoryNote } from './RecordHistory';
import { Undecided } from './Undecided';
import { Unpushed } from './Unpushed';

/** An SMS that is to be emitted. */
export interface NewRecord {
  sms: IncomingSms;
  /** True when the SMS may have been emitted before: nobody can know. */
  doubtful: boolean;
}

/** What is stored of it. */
export interface InboxCursorNote {
  cursor?: number;
  ahead: [number, number][];
  known: RecordHistoryNote;
  asked: IncomingSms[];
  /** Ids of which a push may still tell that they came in only now; absent: none. */
  unpushed?: number[];
}

/** How far apart the ids of two SMS that follow one another may be; what is further is believed when it is seen again. */
const LEAP = 100;
/** Runs of ids that pushes may bring ahead of the list; what would make more of them waits for the list. */
const MOST_AHEAD = 1000;

/**
 * What one node has had of one device's incoming SMS, and what of that which a push or a poll brings is new to it. SMS
 * under different ids are never doubles, however alike their texts; under one id the fingerprint tells whether the id still
 * means the same SMS (`fingerprint.ts`).
 */
export class InboxCursor {
  /** Up to this id everything is had that was there; undefined: the beginning isn't known yet. */
  private cursor: number | undefined;
  /** Ids above the cursor that are had: pushes brought them. */
  private readonly ahead: Ranges;
  private readonly known: RecordHistory;
  private readonly undecided: Undecided;
  /** How many of those were there when the present look began: its list says nothing of what was pushed since. */
  private undecidedBefore = 0;
  /** The highest known id that the gateway still shows; asking from just below it shows whether that is still so. */
  private anchor: number;
  private verified = false;
  /** Ids pushed since the present look began. */
  private readonly meanwhile = new Set<number>();
  private readonly unpushed: Unpushed;

  constructor(note: InboxCursorNote) {
    this.cursor = note.cursor;
    this.ahead = new Ranges(note.ahead);
    this.known = new RecordHistory(note.known);
    this.undecided = new Undecided(note.asked);
    this.unpushed = new Unpushed(note.unpushed);
    this.anchor = note.cursor ?? 0;
  }

  /** Nothing yet: with `backlog` all that the gateway has is new, else only what comes from now on. */
  static beginning(backlog: boolean): InboxCursor {
    const known = { prints: [], floor: 0, denseFrom: 0 };
    return new InboxCursor({ ...(backlog && { cursor: 0 }), ahead: [], known, asked: [] });
  }

  /** Whether a first look has still to find out where "from now on" begins. */
  get begins(): boolean {
    return this.cursor === undefined;
  }

  /** Whether only the whole list will do. */
  get needsAll(): boolean {
    if (this.cursor === undefined || this.undecided.size > 0) return true;
    return this.cursor > 0 && this.anchor === 0;
  }

  /** Where a look has to begin: records above this id are needed. */
  get from(): number {
    return this.needsAll ? 0 : Math.max(0, Math.min(this.cursor ?? 0, this.anchor) - 1);
  }

  /**
   * What a push brings and this node hasn't had. What can't be told yet waits for the next look; `refused` counts what
   * there was no room for: the next look brings it.
   */
  pushed(sms: readonly IncomingSms[]): { fresh: NewRecord[]; refused: number } {
    let refused = 0;
    const fresh = sms.flatMap((one) => {
      const found = { id: one.incoming_sms_id, sms: one };
      const standing = this.known.compare(found, true);
      const isKnown = standing === 'same' || standing === 'retold';
      if (isKnown && this.unpushed.take(found.id)) return [{ sms: one, doubtful: false }];
      if (standing === 'same') return [];
      if (standing === undefined && this.isNew(found.id)) return this.accept(found);
      if (!this.undecided.add(one)) refused += 1;
      return [];
    });
    return { fresh, refused };
  }

  /** A look begins. */
  lookBegins(): void {
    // Where nothing was had yet there is nothing that could have changed.
    this.verified = this.cursor === 0;
    this.meanwhile.clear();
    if (this.cursor !== undefined) this.unpushed.lookBegins();
    this.undecidedBefore = this.undecided.size;
  }

  /**
   * What the next page brings, its records ascending and above all earlier ones of this look. Undefined: something doesn't
   * fit what is known, only a look at the whole list can tell.
   */
  page(found: readonly ListedRecord[]): NewRecord[] | undefined {
    const { cursor = 0 } = this;
    const compared = found.map((one) => ({ one, standing: this.known.compare(one) }));
    if (compared.some(({ standing }) => standing === 'different')) return undefined;
    this.verified ||= compared.some(({ one, standing }) => standing && one.sms && one.id <= cursor);
    const above = found.filter(({ id }) => id > cursor);
    if (above.length > 0 && !this.isTrusted) return undefined;
    // The cursor went past them, though they weren't there.
    if (compared.some(({ one: { id }, standing }) => !standing && id <= cursor && this.known.wasMissing(id))) return;
    const fresh = compared.flatMap(({ one: { id, sms }, standing }) => {
      const isRetold = standing === 'retold';
      return sms && (isRetold || (id > cursor && !this.ahead.has(id))) ? [{ sms, doubtful: isRetold }] : [];
    });
    const top = this.topOf(found, cursor);
    this.known.add(found);
    this.moveTo(top, found);
    this.anchor = Math.max(lastReadable(found), this.anchor);
    return fresh;
  }

  /** Whether the pages of a look have shown that the ids still mean what they meant. */
  get isTrusted(): boolean {
    return this.verified;
  }

  /**
   * What the gateway's whole list brings, ascending by id.
   * @param since how many of its last ones came in while it was read: only a first look can't tell by itself
   */
  all(found: readonly ListedRecord[], since = 0): NewRecord[] {
    const { cursor } = this;
    if (cursor === undefined) return this.beginAfter(found, found.length - since);
    this.known.followClock(found, cursor);
    const readable = found.filter(({ sms }) => sms);
    const verdict = judge(readable, cursor, (one) => this.standingOf(one, cursor));
    const missing = this.missing(found);
    if (verdict.restartedAbove === undefined) {
      const top = this.topOf(found, cursor);
      this.known.addAmongOld(found);
      this.moveTo(top, found);
    } else this.restart(verdict.restartedAbove, found);
    this.anchor = lastReadable(found);
    const fresh = verdict.fresh.flatMap(({ found: { sms }, doubtful }) => (sms ? [{ sms, doubtful }] : []));
    return [...fresh, ...this.accepted(missing)];
  }

  toJSON(): InboxCursorNote {
    const { cursor, ahead, known, undecided, unpushed } = this;
    const parts = { ahead: ahead.toJSON(), known: known.toJSON(), asked: undecided.toJSON() };
    return {
      ...(cursor !== undefined && { cursor }),
      ...parts,
      ...(unpushed.size > 0 && { unpushed: unpushed.toJSON() }),
    };
  }

  /** What is there at the first start (the first `there` of the list) isn't new, but for what pushes said was. */
  private beginAfter(found: readonly ListedRecord[], there: number): NewRecord[] {
    const missing = this.missing([]);
    const retold = found.filter((one) => this.known.compare(one) === 'retold');
    const isUntold = ({ id, sms }: ListedRecord): boolean => sms !== undefined && !this.ahead.has(id);
    const fresh = found.slice(there).filter((one) => isUntold(one) && this.known.compare(one) !== 'retold');
    this.unpushed.begin(found.slice(0, there).filter(isUntold));
    const top = this.topOf(found, 0);
    this.known.add(found);
    this.moveTo(top, found);
    this.anchor = lastReadable(found);
    return [...toNew(retold, true), ...toNew(fresh, false), ...this.accepted(missing)];
  }

  private accept(found: ListedRecord & { sms: IncomingSms }): NewRecord[] {
    const { id } = found;
    this.known.add([found], true);
    if (this.cursor === undefined || id > this.cursor) this.ahead.add(id);
    this.meanwhile.add(id);
    return [{ sms: found.sms, doubtful: false }];
  }

  /** An id that no fingerprint is known of: whether it certainly wasn't seen while the ids mean what they meant. */
  private isNew(id: number): boolean {
    if (this.cursor !== undefined && id <= this.cursor) return this.known.wasMissing(id);
    return !this.ahead.has(id) && this.ahead.count < MOST_AHEAD;
  }

  private standingOf(found: ListedRecord, cursor: number): Standing {
    const { id } = found;
    const standing = this.known.compare(found);
    if (standing !== undefined) return standing;
    if (id > cursor) return this.ahead.has(id) ? 'unsure' : 'never';
    return this.known.neverSeen(id) ? 'never' : 'unsure';
  }

  /** The pushed SMS that the whole list doesn't show: the gateway has forgotten them, this node must not. */
  private missing(found: readonly ListedRecord[]): NewRecord[] {
    const there = new Map(found.map((one) => [one.id, one]));
    const isShown = (sms: IncomingSms): boolean => {
      const shown = there.get(sms.incoming_sms_id);
      return shown !== undefined && isSame(fingerprintOf(shown), fingerprintOf({ id: sms.incoming_sms_id, sms }, true));
    };
    const before = this.undecided.takeFirst(this.undecidedBefore);
    this.undecided.dropWhere(isShown);
    this.undecidedBefore = 0;
    return before.flatMap((sms) => {
      if (isShown(sms)) return [];
      const standing = this.known.compare({ id: sms.incoming_sms_id, sms }, true);
      return standing === 'same' ? [] : [{ sms, doubtful: standing === undefined }];
    });
  }

  /** Notes those: what the list shows of their ids counts before. */
  private accepted(missing: NewRecord[]): NewRecord[] {
    for (const { sms } of missing) {
      const one = { id: sms.incoming_sms_id, sms };
      this.unpushed.take(one.id);
      if (this.known.compare(one) !== undefined) this.known.retireAlso(one);
      else this.known.addAmongOld([one], true);
      if (one.id > (this.cursor ?? 0)) this.ahead.add(one.id);
    }
    return missing;
  }

  private restart(above: number, found: readonly ListedRecord[]): void {
    this.unpushed.clear();
    const top = this.topOf(found, above);
    const pushed = new Set([...this.meanwhile].filter((id) => id > top));
    this.known.restart(above, (id) => pushed.has(id), found);
    this.ahead.dropUpTo(Number.POSITIVE_INFINITY);
    for (const id of pushed) this.ahead.add(id);
    this.moveTo(top, found);
  }

  /**
   * Up to which id a list moves the cursor. One record with an id far above all others, gone when it is looked for again,
   * would else hide every SMS that follows: beyond a leap counts only what had been seen before.
   */
  private topOf(found: readonly ListedRecord[], from: number): number {
    let top = from;
    for (const one of found) {
      const isFar = top > 0 && one.id - top > LEAP;
      if (isFar && !(this.ahead.has(one.id) && this.known.compare(one) === 'same')) break;
      top = Math.max(top, one.id);
    }
    return top;
  }

  private moveTo(cursor: number, found: readonly ListedRecord[]): void {
    this.cursor = cursor;
    this.ahead.dropUpTo(cursor);
    for (const { id } of found) if (id > cursor) this.ahead.add(id);
  }
}

const toNew = (found: readonly ListedRecord[], doubtful: boolean): NewRecord[] =>
  found.flatMap(({ sms }) => (sms ? [{ sms, doubtful }] : []));

/** Only such a record shows later whether it is still the same. */
const lastReadable = (found: readonly ListedRecord[]): number => found.filter(({ sms }) => sms).at(-1)?.id ?? 0;
