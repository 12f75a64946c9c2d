/** A machine as the others see it. */
export interface SeenMachine {
  /** Random, made at each start of a process. */
  id: string;
  /** For people; may occur twice. */
  name: string;
  /** Since its last heartbeat, in ms, by the database. */
  silent: number;
  /** The lease that it wants, in ms. */
  lease: number;
  /** What it tells of itself, as JSON. */
  facts: string;
}

/** Who talks to a gateway. */
export interface SeenLease {
  /** The config node. */
  gateway: string;
  machine: string;
  /** Rises with each change of the holder. */
  epoch: number;
  /** Until it ends, in ms, by the database; 0 or less = it has ended. */
  left: number;
}

/** What a heartbeat finds. */
export interface Seen {
  /** The database's time (ms since 1970). */
  now: number;
  /** The machines that were heard lately, the one that asks included. */
  machines: SeenMachine[];
  leases: SeenLease[];
}

/** What a heartbeat tells. */
export interface Heartbeat extends Pick<SeenMachine, 'id' | 'name' | 'lease' | 'facts'> {
  /** How long its leases are renewed for, in ms: the smallest that a machine wants. */
  renewFor: number;
}

/**
 * By what the machines that share a store agree who talks to which gateway. Each call is one transaction, and time is the
 * database's. Rejects with a `StoreUnavailable` while that is away.
 */
export interface LeaseTable {
  /** Says that a machine lives, and renews those of its leases that haven't ended. */
  beat(heartbeat: Heartbeat): Promise<Seen>;
  /** Takes the leases of these gateways that are free or have ended, all of them or none; each under a new epoch. Resolves with those taken. */
  acquire(machine: string, gateways: string[], lease: number): Promise<SeenLease[]>;
  /** Gives back what a machine holds of these; what it doesn't hold is passed over. */
  release(machine: string, gateways: string[]): Promise<void>;
  /**
   * Open inputs of these gateways are this machine's from now on whose own isn't there any more, or wasn't heard for so many ms.
   * Resolves with how many there were.
   */
  adopt(machine: string, gateways: string[], silent: number): Promise<number>;
  /** A machine is gone for good: its leases are free, and the others see it no longer. */
  leave(machine: string): Promise<void>;
}

/** To whom something is written: to a machine, or to whichever holds the gateway of a config node by then. */
export type Addressee = { machine: string } | { gateway: string };

export interface Letter {
  /** Rises in the order of writing. */
  id: number;
  to: Addressee;
  /** JSON. */
  body: string;
}

/** What machines write to each other. */
export interface Outbox {
  /** Resolves when all of it is safe. */
  write(letters: readonly Omit<Letter, 'id'>[]): Promise<void>;
  /** What is written to a machine, and to the gateways that it holds, the oldest first; it stays until it is {@link Outbox.done}. */
  read(machine: string, gateways: string[], limit: number): Promise<Letter[]>;
  /** Forgets letters; missing ones are passed over. */
  done(ids: number[]): Promise<void>;
}
