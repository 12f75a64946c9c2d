import type { Clock } from '../../../clock';
import { allOf, inSteps } from '../../../concurrency';
import {
  firstIdOf,
  isPending,
  jobOf,
  type OutcomeParts,
  type Store,
  type StoredInput,
  type StoredSms,
} from '../../../store';
import { isCarried } from '../ledger/collected';
import { Ledger } from '../ledger/Ledger';
import { Unread } from '../Unread';
import { type Departure, Departures } from './Departures';
import { inParts } from './entries';
import { Look } from './Look';
import type { Outcome } from './outcome';
import { sumUp } from './sumUp';
import { Updates, type UpdatesOptions } from './Updates';
import { arePending, isOwn, type Judge, openOf, verdictOn } from './verdicts';

export interface OutcomesOptions extends UpdatesOptions {
  store: Store;
  clock: Clock;
  /** An outcome leaves; resolves when it has been handed over, with false when nobody was there: then it leaves later. */
  onOutcome: (input: StoredInput, outcome: Outcome) => Promise<unknown>;
  /** Asked whether an outcome leaves here; where not, it has been seen to that it leaves elsewhere. */
  mayLeave?: (input: StoredInput, timedOut: boolean) => Promise<boolean> | boolean;
  /** Told of SMS that the end of their wait has withdrawn: the looking at their outcome is under way already. */
  onWithdrawn?: (sms: StoredSms[]) => Promise<void>;
  /** Sees every SMS that has changed; `moved`: those whose status is another one now. It must be quick. */
  onChange?: (sms: readonly StoredSms[], moved: ReadonlySet<number>) => void;
  /** Sees each of them with its input. `hasMoved`: its status, or what holds it back, is another one now. It must be quick. */
  onSmsChange?: (input: StoredInput, sms: StoredSms, hasMoved: boolean) => void;
}

/** Decides when an input's outcome leaves: all recipients have reached `until` or no longer can, or its wait has ended. */
export class Outcomes {
  /** Inputs that are being looked at, until that is over: a push, a poll and the end of the wait may come at one time. */
  private readonly looks = new Map<string, Look>();
  /** The SMS that open inputs still wait for: reading ten thousand recipients for each of their changes would never end. */
  private readonly pending = new Map<string, Set<number>>();
  private readonly unread: Unread;
  private readonly departures: Departures;
  /** Tells of what changes before that. */
  readonly updates: Updates;

  constructor(private readonly options: OutcomesOptions) {
    this.updates = new Updates(options);
    // Whoever asked first was told what is wrong.
    this.unread = new Unread(options.clock, (ids) => void this.look(ids, verdictOn).catch(() => undefined));
    this.departures = new Departures(options.store, options.clock, (ids) => {
      for (const id of ids) this.pending.delete(id);
    });
  }

  /**
   * Told of SMS that have changed.
   * @param moved those whose status, or what holds them back, is another one now
   * @param goesOn an input of which more is told next: to look at it, which is to read all of it, can wait
   * @param given their inputs and perhaps others, where somebody has asked for them already
   */
  async changed(
    sms: readonly StoredSms[],
    moved: ReadonlySet<number>,
    goesOn?: string,
    given?: Promise<StoredInput[]>,
  ): Promise<void> {
    this.options.onChange?.(ofTheirOwn(sms), moved);
    const ids = new Set(sms.map(({ input }) => input));
    try {
      const inputs = await (given ?? this.options.store.inputs([...ids]));
      const theirs = inputs.filter(({ id }) => ids.has(id));
      await this.tell(theirs, { sms, moved, goesOn });
    } catch (error) {
      // The store has the change, and nothing may come after it by which they would be looked at.
      this.unread.add([...ids].filter((id) => id !== goesOn));
      throw error;
    }
  }

  private async tell(
    inputs: readonly StoredInput[],
    { sms, moved, goesOn }: { sms: readonly StoredSms[]; moved: ReadonlySet<number>; goesOn: string | undefined },
  ): Promise<void> {
    const byId = new Map(inputs.map((input) => [input.id, input]));
    const incomplete = new Set<string | undefined>([goesOn]);
    for (const one of sms) {
      const input = byId.get(one.input);
      if (!input) continue;
      if (!isCarried(one)) this.options.onSmsChange?.(input, one, moved.has(one.id));
      if (moved.has(one.id)) await this.updates.tell(input, one);
      this.note(one, input);
      if (!one.turn && isPending(one, input.until)) incomplete.add(input.id);
    }
    await this.review(inputs.filter(({ id }) => !incomplete.has(id)));
  }

  /**
   * Lets the outcomes of those inputs leave that are complete. To be called without a change of their SMS where an input was
   * taken as a duplicate (the first one's outcome may have left already), and for the open inputs that a restart left.
   */
  async review(inputs: readonly StoredInput[]): Promise<void> {
    const perhaps = inputs.filter(
      ({ id, closed_at }) => closed_at === 0 && (this.looks.has(id) || !this.pending.get(id)?.size),
    );
    if (perhaps.length > 0) {
      await this.look(
        perhaps.map(({ id }) => id),
        verdictOn,
      );
    }
  }

  /** As {@link review}, for many inputs of which few will be complete: one whose first SMS is pending isn't read whole. */
  async reviewMany(inputs: readonly StoredInput[]): Promise<void> {
    const { store } = this.options;
    const perhaps = await Promise.all(
      inputs.map(async (input) => {
        const [first] = await store.recipients(input.id, 1);
        return first === undefined || first.turn !== undefined || !isPending(first, input.until);
      }),
    );
    await this.review(inputs.filter((_, place) => perhaps[place]));
  }

  /** Lets the outcomes leave whose wait has ended; resolves with how many. */
  async waitsEnded(gateways: string[], limit: number): Promise<number> {
    const { store, clock } = this.options;
    const due = await store.inputsDue(gateways, clock.now(), limit);
    await eachOf(await store.outcomes(due.map(({ id }) => id)), async (parts) => {
      const verdict = (await arePending(parts)) ? 'timed out' : 'complete';
      if (parts.input.on_timeout === 'withdraw' && isOwn(parts)) await this.withdraw(parts);
      await this.look([parts.input.id], async () => verdict);
    });
    return due.length;
  }

  /** Lets an outcome leave of which somebody else has found that it is due. */
  async leaveDue(input: string, timedOut: boolean): Promise<void> {
    await this.look([input], async (parts) => (timedOut && (await arePending(parts)) ? 'timed out' : verdictOn(parts)));
  }

  private note(sms: StoredSms, input: StoredInput): void {
    const pending = this.pending.get(input.id);
    if (!isPending(sms, input.until)) {
      pending?.delete(firstIdOf(sms));
      this.looks.get(input.id)?.passed.push(firstIdOf(sms));
    } else if (!sms.turn) {
      // Of several numbers one says nothing of the others.
      pending?.add(sms.id);
    }
  }

  /** Decides about open inputs by what the store says of them, read at once for all that nobody else is looking at. */
  private async look(ids: readonly string[], judge: Judge): Promise<void> {
    const busy = ids.filter((id) => this.looks.has(id));
    if (busy.length === 0) return this.lookNow(ids, judge);
    const free = ids.filter((id) => !this.looks.has(id));
    await allOf([this.lookNow(free, judge), ...busy.map((id) => this.lookAfterwards(id, judge))]);
  }

  private async lookAfterwards(id: string, judge: Judge): Promise<void> {
    await this.looks.get(id)?.over();
    // What the other one has read may be older than what happened now.
    this.pending.delete(id);
    await this.look([id], judge);
  }

  private async lookNow(ids: readonly string[], judge: Judge): Promise<void> {
    const looks = new Map(ids.map((id) => [id, new Look()]));
    for (const [id, look] of looks) this.looks.set(id, look);
    try {
      const found = ids.length > 0 ? await this.read(ids) : [];
      await eachOf(found, async (parts) => {
        const { id } = parts.input;
        const judged = this.departures.of(id) ?? judge(parts);
        const verdict = typeof judged === 'string' ? judged : await judged;
        if (verdict === 'stays') await this.remember(parts);
        const duplicates = verdict === 'stays' ? [] : await this.leave(parts, verdict);
        // Who waits for this one needn't wait for the others.
        this.endLook(id, looks.get(id));
        if (duplicates.length > 0) await this.look(duplicates, () => verdict);
      });
    } finally {
      for (const [id, look] of looks) this.endLook(id, look);
    }
  }

  private async read(ids: readonly string[]): Promise<OutcomeParts[]> {
    try {
      const found = await this.options.store.outcomes([...ids]);
      const open = new Set(found.map(({ input }) => input.id));
      // Somebody else has noted that they have left.
      this.departures.forget(ids.filter((id) => !open.has(id)));
      return found;
    } catch (error) {
      this.unread.add(ids);
      throw error;
    }
  }

  private endLook(id: string, look: Look | undefined): void {
    if (this.looks.get(id) === look) this.looks.delete(id);
    look?.end();
  }

  private async remember({ input, recipients }: OutcomeParts): Promise<void> {
    // What waits for a single SMS is asked just as quickly.
    if (recipients.length < 2) return;
    const open = await inSteps(openOf(recipients, input.until));
    for (const id of this.looks.get(input.id)?.passed ?? []) open.delete(id);
    this.pending.set(input.id, open);
  }

  /**
   * The outcome leaves before it is noted as left: after a crash in between it leaves again rather than never. Resolves with
   * inputs that waited for it, or for another one that has left in the same go.
   */
  private async leave(parts: OutcomeParts, departure: Departure): Promise<string[]> {
    const { input } = parts;
    if (this.departures.of(input.id) === undefined && !(await this.letGo(parts, departure))) return [];
    try {
      return await this.departures.note(input.id, departure);
    } catch (error) {
      this.unread.add([input.id]);
      throw error;
    }
  }

  /** Resolves with whether it has left here. */
  private async letGo(parts: OutcomeParts, departure: Departure): Promise<boolean> {
    const { onOutcome, mayLeave, getHeld } = this.options;
    const { input, first, recipients } = parts;
    const timedOut = departure === 'timed out';
    const may = mayLeave?.(input, timedOut) ?? true;
    if (may !== true && !(await this.mayLeaveOrLater(input.id, may))) return false;
    const { summary = false } = input;
    const outcome = await inSteps(sumUp(first, recipients, { timedOut, summary, getHeld }));
    const told: Outcome = { job: jobOf(first), ...outcome };
    if (!isOwn(parts)) told.duplicate = true;
    return (await onOutcome(input, told)) !== false;
  }

  /** Where it couldn't be seen to that it leaves elsewhere, that is tried again: nothing else may come that would. */
  private async mayLeaveOrLater(id: string, may: Promise<boolean> | boolean): Promise<boolean> {
    try {
      return await may;
    } catch (error) {
      this.unread.add([id]);
      throw error;
    }
  }

  /** What still waits goes no further. Its outcome doesn't leave by that, but by the end of the wait. */
  private async withdraw({ input, recipients }: OutcomeParts): Promise<void> {
    const { store, clock, onChange, onSmsChange, onWithdrawn } = this.options;
    const noticed = async (sms: StoredSms[], moved: ReadonlySet<number>): Promise<void> => {
      onChange?.(sms, moved);
      for (const one of sms) onSmsChange?.(input, one, moved.has(one.id));
      for (const one of sms) if (moved.has(one.id)) await this.updates.tell(input, one);
      await onWithdrawn?.(sms);
    };
    const ledger = new Ledger({ store, clock, onChange: noticed });
    for (const some of inParts(recipients)) await ledger.apply(some, { kind: 'withdrawn' });
  }
}

/** What goes with another SMS is none that is counted. */
const ofTheirOwn = (sms: readonly StoredSms[]): StoredSms[] => sms.filter((one) => !isCarried(one));

/** Side by side, so that the store can keep it together. */
const eachOf = <T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> => allOf(items.map(act));
