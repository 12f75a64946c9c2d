import type { Simulator } from '../../../simulator';
import type { Given } from './requests';

interface Entry {
  given: Given;
  acknowledged: boolean;
  /** Outcomes that left in the life of the present process. */
  outcomes: number;
  /** Whether it was told that the outcome's leaving is noted. */
  noted: boolean;
  /** Outcomes that left once more without a kill between leaving and being noted. */
  repeated: number;
  /** The last status of each number. */
  statuses: Map<string, string>;
}

/** Statuses that say that the gateway took the SMS. */
const TAKEN: ReadonlySet<string> = new Set(['ACCEPTED', 'SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED', 'PARTIAL']);

/** What a test and the simulated gateway say of each other. */
export interface Verdict {
  /** Inputs that were acknowledged, and the SMS of them. */
  acknowledged: number;
  submitted: number;
  /** Reported as UNKNOWN. */
  unknown: number;
  /** Acknowledged, and neither submitted nor reported. */
  lost: string[];
  /** Submitted more than once. */
  doubled: string[];
  /** Acknowledged, and no outcome. */
  silent: string[];
  /** More than one outcome without a kill that excuses it. */
  repeated: string[];
  /** Reported as sent, and never submitted. */
  invented: string[];
}

/** Keeps what processes were told and what they told, over all their lives. */
export class Book {
  private readonly entries = new Map<string, Entry>();
  private next = 0;

  /** A new input to so many numbers of its own. */
  give(count = 1): Given {
    const at = this.next;
    this.next += count;
    const to = Array.from({ length: count }, (_, place) => String(43_660_000_000 + at + place));
    const given = { id: `i${at}`, to, text: `text ${at}` };
    const fresh = { acknowledged: false, outcomes: 0, noted: false, repeated: 0, statuses: new Map<string, string>() };
    this.entries.set(given.id, { given, ...fresh });
    return given;
  }

  /** Reads what a process told. */
  hear(lines: readonly string[]): void {
    for (const line of lines) {
      const [what, id = '', ...more] = line.split(' ');
      const entry = this.entries.get(id);
      if (!entry) continue;
      if (what === 'ack') entry.acknowledged = true;
      if (what === 'closed') entry.noted = true;
      if (what === 'outcome') this.outcome(entry, more);
    }
  }

  /** A process has died: an outcome that wasn't noted may leave once more. */
  died(): void {
    for (const entry of this.entries.values()) entry.outcomes = 0;
  }

  /** Numbers of SMS that ended UNKNOWN, and which the gateway never saw: whoever sent them couldn't know. */
  neverSeen(simulator: Pick<Simulator, 'submitted'>): string[] {
    const seen = new Set(simulator.submitted.map(({ number }) => number));
    const all = [...this.entries.values()].flatMap(({ statuses }) => [...statuses]);
    return all.filter(([number, status]) => status === 'UNKNOWN' && !seen.has(number)).map(([number]) => number);
  }

  /** Compares everything with what the gateway saw. */
  judge(simulator: Pick<Simulator, 'submitted'>): Verdict {
    const times = new Map<string, number>();
    for (const { number } of simulator.submitted) times.set(number, (times.get(number) ?? 0) + 1);
    const acknowledged = [...this.entries.values()].filter((entry) => entry.acknowledged);
    const sms = acknowledged.flatMap(({ given, statuses }) =>
      given.to.map((number) => ({ number, status: statuses.get(number), submitted: times.has(number) })),
    );
    return {
      acknowledged: sms.length,
      submitted: simulator.submitted.length,
      unknown: sms.filter(({ status }) => status === 'UNKNOWN').length,
      lost: sms.filter(({ status, submitted }) => !submitted && status === undefined).map(({ number }) => number),
      doubled: [...times].filter(([, count]) => count > 1).map(([number]) => number),
      silent: acknowledged.filter(({ statuses }) => statuses.size === 0).map(({ given }) => given.id),
      repeated: acknowledged.filter(({ repeated }) => repeated > 0).map(({ given }) => given.id),
      invented: sms
        .filter(({ status = '', submitted }) => !submitted && TAKEN.has(status))
        .map(({ number, status }) => `${number} ${status}`),
    };
  }

  private outcome(entry: Entry, words: readonly string[]): void {
    if (entry.outcomes > 0 || entry.noted) entry.repeated += 1;
    entry.outcomes += 1;
    for (const word of words) {
      const [number = '', status = ''] = word.split('=');
      entry.statuses.set(number, status);
    }
  }
}
