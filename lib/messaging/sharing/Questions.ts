import { randomUUID } from 'node:crypto';
import { OldestOut } from '../../bounded/OldestOut';
import type { Clock, Timer } from '../../clock';
import { type ErrorCode, GatewayError, type Taken } from '../../gateway-api';
import type { JobCommand } from '../../store';
import type { StopRequest } from '../sms/stopping/stopRequest';

/** What only the machine that talks to a gateway can do, for one that another has given it to. */
export type Question =
  /** Stops SMS and tasks (`stop sms`). */
  | { to: 'stop'; request: StopRequest }
  /** In which country its numbers are dialled. */
  | { to: 'say country' }
  /** Does with SMS on their way what a command to their jobs wants, which is kept already. */
  | { to: 'obey'; action: JobCommand; jobs: string[] };

/** A question as it travels. */
export interface Asked {
  is: 'asked';
  id: string;
  /** The machine that is to be answered. */
  by: string;
  gateway: string;
  question: Question;
}

/** The answer to one as it travels. */
export interface Answered {
  is: 'answered';
  id: string;
  answer?: unknown;
  error?: { code: ErrorCode; message: string; taken: Taken; error_code?: number };
}

export interface QuestionsOptions {
  clock: Clock;
  machine: string;
  letters: { write(to: { machine: string } | { gateway: string }, letter: Asked | Answered): Promise<void> };
  /** Does what is asked of a gateway that this machine talks to. */
  onQuestion: (gateway: string, question: Question) => Promise<unknown>;
}

/** A gateway may be busy with others first, in ms. */
const PATIENCE_MS = 30_000;
/** Questions that are known again when they come twice. */
const MOST_KNOWN = 1000;

interface Open {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
  timer: Timer;
}

/** What this machine asks others to do, and is asked by them. */
export class Questions {
  private readonly open = new Map<string, Open>();
  private readonly known = new OldestOut<string, true>(MOST_KNOWN);

  constructor(private readonly options: QuestionsOptions) {}

  /**
   * Resolves with what the machine that talks to a gateway has answered. Rejects as it did, or with what `createError` makes
   * where nobody answers; then it may have been done all the same.
   */
  async ask(gateway: string, question: Question, createError: () => Error): Promise<unknown> {
    const { clock, machine, letters } = this.options;
    const id = randomUUID();
    const answer = new Promise<unknown>((resolve, reject) => {
      const timer = clock.after(PATIENCE_MS, () => this.end(id)?.reject(createError()));
      this.open.set(id, { resolve, reject, timer });
    });
    // It may fail before somebody waits for it.
    answer.catch(() => undefined);
    try {
      await letters.write({ gateway }, { is: 'asked', id, by: machine, gateway, question });
    } catch (error) {
      this.end(id);
      throw error;
    }
    return answer;
  }

  /** A question has come. Nobody waits until it is answered: what it asks for may take its time. */
  asked({ id, by, gateway, question }: Asked): void {
    if (this.known.has(id)) return;
    this.known.set(id, true);
    const { letters, onQuestion } = this.options;
    const tell = (letter: Omit<Answered, 'is' | 'id'>): Promise<void> =>
      letters.write({ machine: by }, { is: 'answered', id, ...letter });
    onQuestion(gateway, question)
      .then(
        (answer) => tell({ answer }),
        (error: unknown) => tell({ error: asTold(error) }),
      )
      // Who asked waits no longer than so long.
      .catch(() => undefined);
  }

  answered({ id, answer, error }: Answered): void {
    const open = this.end(id);
    if (error === undefined) open?.resolve(answer);
    else open?.reject(new GatewayError(error.code, error.message, error.taken, { error_code: error.error_code }));
  }

  /** Nobody will answer any more. */
  stop(createError: () => Error): void {
    for (const id of [...this.open.keys()]) this.end(id)?.reject(createError());
  }

  private end(id: string): Open | undefined {
    const open = this.open.get(id);
    this.open.delete(id);
    open?.timer.cancel();
    return open;
  }
}

function asTold(error: unknown): Answered['error'] {
  if (!(error instanceof GatewayError)) return { code: 'GATEWAY_ERROR', message: String(error), taken: 'unknown' };
  const { code, message, taken, cause } = error;
  return { code, message, taken, error_code: cause.error_code };
}
