import type { GatewayError } from '../../../lib/gateway-api';
import { RequestQueue } from '../../../lib/messaging/requestQueue/RequestQueue';
import type { Slot } from '../../../lib/messaging/requestQueue/slot';
import { FakeClock, settled } from '../../support/FakeClock';

interface Request {
  name: string;
  api: string;
  signal?: AbortSignal;
  answer: (value: unknown) => void;
  fail: (error: Error) => void;
}

/** A line whose requests are answered when the test says so. */
export class HeldRequests {
  readonly clock = new FakeClock();
  readonly requests: RequestQueue<string>;
  /** Requests that have left and aren't answered yet, in the order in which they left. */
  readonly underWay: Request[] = [];
  /** The names of all that have left. */
  readonly left: string[] = [];

  constructor(concurrency = 1) {
    this.requests = new RequestQueue({ api: 'first api', clock: this.clock, concurrency });
  }

  ask(name: string, turn: Slot): Promise<unknown> {
    return this.requests.run(
      turn,
      (api, signal) =>
        new Promise((answer, fail) => {
          this.left.push(name);
          this.underWay.push({ name, api, signal, answer, fail });
        }),
    );
  }

  /** Answers the request that has been under way longest, with its name. */
  async answerOne(): Promise<void> {
    await settled();
    const request = this.underWay.shift();
    request?.answer(request.name);
    await settled();
  }

  /** Answers what is under way until nothing waits any more. */
  async answerAll(): Promise<void> {
    await settled();
    while (this.underWay.length > 0) await this.answerOne();
  }
}

/** The code of the error that a request ends in. */
export const codeOf = (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => 'answered',
    (error: GatewayError) => error.code,
  );
