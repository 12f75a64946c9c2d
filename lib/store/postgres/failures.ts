import { Unreadable } from '../rows';
import { StoreUnavailable } from '../store';

/** The lease that a change relied on belongs to another machine by now; nothing of it was written. */
export class LeaseLost extends StoreUnavailable {
  override name = 'LeaseLost';

  constructor(readonly gateway: string) {
    super('Another machine talks to this gateway by now');
  }
}

/** A statement failed: what it belonged to is undone, or unknown where the connection broke at its end. */
export class StatementFailed extends Error {
  constructor(override readonly cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

/**
 * PostgreSQL's code for an error (https://www.postgresql.org/docs/current/errcodes-appendix.html); without one the connection is to
 * blame. Node's own codes may look the same (`EPIPE`): only the server names a severity.
 */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error && 'severity' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

const READ_ONLY = '25006';
const DEADLOCK = '40P01';
const NOT_SERIALIZABLE = '40001';
const IDLE_IN_TRANSACTION = '25P03';
const NO_RIGHTS = '42501';
const LOCK_TIMEOUT = '55P03';

/** A statement that can't be made up, such as with a number that its column can't hold: nobody was asked. */
const isOfValues = (error: unknown): boolean => error instanceof RangeError || error instanceof TypeError;

/** The connection is of no use any more: it broke, or leads to a server that goes down or takes no changes. */
export function isConnectionFailure(error: unknown): boolean {
  if (isOfValues(error)) return false;
  const code = codeOf(error);
  return code === undefined || /^(08|57P)/.test(code) || code === READ_ONLY || code === IDLE_IN_TRANSACTION;
}

/** Two came in each other's way: one of them tries again. */
export const isCollision = (error: unknown): boolean => [DEADLOCK, NOT_SERIALIZABLE].includes(codeOf(error) ?? '');

const NO_SUCH_STATEMENT = '26000';
const STATEMENT_THERE = '42P05';
const PLAN_OUTDATED = '0A000';

/** A statement isn't known by its name, or is known as something else: whoever stands between has gone to another session. */
export const isOfNames = (error: unknown): boolean =>
  [NO_SUCH_STATEMENT, STATEMENT_THERE, PLAN_OUTDATED].includes(codeOf(error) ?? '');

/** Classes of errors that are no mistake of ours: resources, the server's operator, the system, its configuration. */
const OF_SERVER = /^(08|28|3D|53|57|58|F0|XX)/;

const OURS = 'The message store in PostgreSQL';

export const tooNew = (found: number, known: number): StoreUnavailable =>
  new StoreUnavailable(
    `${OURS} has version ${found}, which a later version of this package made; this one knows version ${known}, and leaves it as ` +
      'it is: install the later one on this machine, too',
  );

export const noSchema = (schema: string): StoreUnavailable =>
  new StoreUnavailable(
    `${OURS} isn't there, and the user may not make it: let its owner run "CREATE SCHEMA ${schema} AUTHORIZATION <user>"`,
  );

export const beingMoved = (): StoreUnavailable =>
  new StoreUnavailable(
    `The messages in PostgreSQL are being moved to a file: run "node-red-dinstar move-store" as before once more, and that is ` +
      'ended. Nothing is taken meanwhile',
  );

/** What a failure is to the store's callers. Its words name neither the connection nor a password. */
export function asStoreError(error: unknown): Error {
  const cause = error instanceof StatementFailed ? error.cause : error;
  if (cause instanceof StoreUnavailable) return cause;
  if (cause instanceof Unreadable) return new StoreUnavailable(`${OURS} is damaged: ${cause.message}`);
  if (!(cause instanceof Error)) return new Error(String(cause));
  if (isOfValues(cause)) return cause;
  const code = codeOf(cause);
  if (code === NO_RIGHTS)
    return new StoreUnavailable(`${OURS} may not be used by this user (${cause.message})`, { cause });
  const isOfServer =
    code === undefined || OF_SERVER.test(code) || [READ_ONLY, LOCK_TIMEOUT, IDLE_IN_TRANSACTION].includes(code);
  if (!isOfServer && !isCollision(cause)) return cause;
  return new StoreUnavailable(
    `${OURS} can't be reached or can't be used now (${cause.message}): it goes on by itself`,
    { cause },
  );
}

/** What a call that failed by itself is to who asked: only what the database said may be its being away, all else is a mistake of ours. */
export const asCallError = (error: unknown): Error =>
  error instanceof Error && !(error instanceof StatementFailed || error instanceof Unreadable)
    ? error
    : asStoreError(error);
