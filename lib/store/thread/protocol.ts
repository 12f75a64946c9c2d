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

/** What became of a call: its value, or why there is none. */
export type Answer = { id: number; value: unknown } | { id: number; failure: Failure };

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
