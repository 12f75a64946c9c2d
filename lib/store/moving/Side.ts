import type { Counters, MovedInput, MovedPause, MovedSms, MovedUsage, Page } from './records';

/** The messages can't be moved as things stand; nothing has changed. */
export class MoveRefused extends Error {
  override name = 'MoveRefused';
}

/**
 * One of the two stores between which messages are moved. From `begin` to `commit` or `rollback` nobody else uses it, and all that
 * is done to it is kept together, or not at all.
 */
export interface Side {
  /** For people. */
  readonly name: string;
  /** @throws MoveRefused where a Node-RED uses it */
  begin(): Promise<void>;
  /** Resolves when all of it survives a power cut. */
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** What is to be added to its moments to have those of this machine's wall clock, in ms. */
  getShift(): Promise<number>;

  note(key: string): Promise<string | undefined>;
  putNotes(notes: ReadonlyMap<string, string>): Promise<void>;
  forgetNote(key: string): Promise<void>;
  notes(): Promise<Map<string, string>>;

  counters(): Promise<Counters>;
  setCounters(counters: Counters): Promise<void>;
  /** The first id among those of its SMS; undefined = it has no input. */
  firstSms(): Promise<number | undefined>;
  /** How many inputs and SMS it has, and how many of these aren't done. */
  counts(): Promise<{ inputs: number; sms: number; open: number }>;

  inputs(after: number): Promise<Page<MovedInput>>;
  addInputs(inputs: readonly MovedInput[]): Promise<void>;
  sms(after: number): Promise<Page<MovedSms>>;
  addSms(sms: readonly MovedSms[]): Promise<void>;
  pauses(): Promise<MovedPause[]>;
  addPauses(pauses: readonly MovedPause[]): Promise<void>;
  usage(after: number): Promise<Page<MovedUsage>>;
  addUsage(usage: readonly MovedUsage[]): Promise<void>;

  /** Whoever has it open, though it wasn't heard of for long, can change nothing any more. */
  shutOut(): Promise<void>;
  /** All of it is elsewhere now: forgets it, or is to be opened by nobody any more. */
  clear(): Promise<void>;
  /** After that was kept: resolves with what is left for people to see to. */
  leave(): Promise<string | undefined>;
  close(): void;
}

/** Records in one step. */
export const PAGE = 2000;
/** Of these the order has to be made anew with each step. */
export const USAGE_PAGE = 20_000;

/** Records that are read by their places in an order. */
export const pageOf = <T>(records: T[], after: number, size: number): Page<T> => ({
  records,
  next: records.length === size ? after + size : undefined,
});
