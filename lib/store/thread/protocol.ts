import { type Store, StoreUnavailable } from '../store';

/** What can be asked of a store: its methods. */
export type Method = {
  [K in keyof Store]: Store[K] extends (...args: never[]) => Promise<unknown> ? K : never;
}[keyof Store];

/** A call on its way to the thread. The answers name its `id`, which rises. */
export interface Call {
  id: number;
  method: Method;
  args: unknown[];
}

/** What the store is told: a call; a piece of what one to come is about; that the next piece of an answer may come. */
export type Told = Call | { id: number; piece: string } | { id: number; more: true };

/**
 * What became of a call: its value, or why there is none. Of a long one `lists` says what is missing in it, and its pieces come
 * one by one, when they are asked for: what comes at once is read at once, and holds up everybody.
 */
export type Answer = { id: number; value: unknown; lists?: MissingList[] } | { id: number; failure: Failure } | Piece;

/** A part of a list that is missing in a value. */
export interface Piece {
  id: number;
  list: number;
  items: unknown[];
  isLast: boolean;
}

/** Where a list is missing in a value: the names of the properties that lead to it. */
export type MissingList = (string | number)[];

/** An error as it crosses from one thread to the other, where its class is lost. */
export interface Failure {
  isUnavailable: boolean;
  message: string;
}

/** What the thread is started with. */
export interface ThreadData {
  file: string;
  /** The name of a `DriverKind`. */
  driver: string;
  /** In [0, 1): the chance that a new file needs. */
  chance: number;
}

export const failureOf = (error: unknown): Failure => ({
  isUnavailable: error instanceof StoreUnavailable,
  message: error instanceof Error ? error.message : String(error),
});

export const errorOf = ({ isUnavailable, message }: Failure): Error =>
  isUnavailable ? new StoreUnavailable(message) : new Error(message);
