import crypto from 'node:crypto';
import { Session } from 'node:inspector';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

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

/**
 * One for the process: functions that a former session has seen are counted no more by a later one. It isn't ended, and keeps
 * no process alive.
 */
let session: Session | undefined;

function counting(): Session {
  if (session) return session;
  session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return session;
}

/** Counts the work of this process from its making to its end. */
export class CountedWork {
  private readonly session = counting();
  private readonly createHash = crypto.createHash;
  private hashes = 0;

  constructor() {
    // What is compiled well isn't counted whole.
    setFlagsFromString('--no-opt');
    crypto.createHash = (...given) => {
      this.hashes += 1;
      return this.createHash(...given);
    };
    this.take();
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
    crypto.createHash = this.createHash;
    setFlagsFromString('--opt');
  }
}

const countedIn = (functions: Coverage['result'][number]['functions']): number =>
  functions.reduce((sum, { ranges }) => ranges.reduce((all, { count }) => all + count, sum), 0);
