import crypto from 'node:crypto';
import { Session } from 'node:inspector';
import { join } from 'node:path';

const OURS = join(__dirname, '../../../lib/');

/** What our code has done, as V8 counts it: it doesn't depend on the machine or on who else uses it. */
export interface Work {
  /** Functions called, branches taken and rounds of loops, in `lib/`. */
  steps: number;
  /** Digests begun. */
  hashes: number;
}

interface Coverage {
  result: { url: string; functions: { ranges: { count: number }[] }[] }[];
}

/** Counts the work of this process from its making to its end. */
export class CountedWork {
  private readonly session = new Session();
  private readonly createHash = crypto.createHash;
  private hashes = 0;

  constructor() {
    this.session.connect();
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    crypto.createHash = (...given) => {
      this.hashes += 1;
      return this.createHash(...given);
    };
  }

  /** What was done since the last time. */
  take(): Work {
    const { hashes } = this;
    this.hashes = 0;
    let steps = 0;
    // Answers at once: the session is this thread's own.
    this.session.post('Profiler.takePreciseCoverage', (error, { result }: Coverage) => {
      if (error) throw error;
      for (const { url, functions } of result) if (url.includes(OURS)) steps += countedIn(functions);
    });
    return { steps, hashes };
  }

  end(): void {
    this.session.disconnect();
    crypto.createHash = this.createHash;
  }
}

const countedIn = (functions: Coverage['result'][number]['functions']): number =>
  functions.reduce((sum, { ranges }) => ranges.reduce((all, { count }) => all + count, sum), 0);
