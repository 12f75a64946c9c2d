import {
  type HeldBy,
  type HeldCount,
  hasFailed,
  hasReached,
  type InputRecord,
  type JobList,
  type JobScope,
  type JobTally,
  jobOf,
  type StoredInput,
  type StoredSms,
  type TimedCommand,
  type Until,
} from '../../../lib/store';
import type { Writable } from './naiveRecords';

/** What is stored, as far as jobs are concerned: SMS and inputs in the order of taking. */
export interface Stored {
  sms: Writable<StoredSms>[];
  inputs: Writable<StoredInput>[];
}

/** The SMS to the numbers of each recipient. */
function numbersOf(sms: readonly StoredSms[]): StoredSms[][] {
  const recipients: StoredSms[][] = [];
  for (const one of sms) {
    if (one.turn?.place) recipients.at(-1)?.push(one);
    else recipients.push([one]);
  }
  return recipients;
}

interface NaiveRecipient {
  numbers: StoredSms[];
  until: Until;
}

/** A number whose turn never came says nothing. */
const isSilent = ({ turn, stage, status }: StoredSms): boolean =>
  turn !== undefined && turn.place > 0 && (stage === 'standby' || (stage === 'done' && status === 'QUEUED'));

const mayStillCome = ({ numbers, until }: NaiveRecipient): boolean =>
  numbers.some((one) => one.stage === 'standby' || !(isSilent(one) || hasReached(one, until) || hasFailed(one, until)));

/** As what a recipient ends whom nothing is to reach any more. */
function endsAs(recipient: NaiveRecipient): string | undefined {
  const { numbers, until } = recipient;
  const reached = numbers.find((one) => hasReached(one, until));
  if (reached) return reached.status;
  return mayStillCome(recipient) ? undefined : numbers.findLast((one) => !isSilent(one))?.status;
}

/** What jobs mean, as filters over all that is stored. */
export class NaiveJobs {
  /** Inputs that a command holds. */
  readonly halted = new Map<string, 'paused' | 'stopped'>();
  /** All that was said of what comes later, in the order of commands. */
  private said: { gateway: string; job?: string; node?: string; paused: boolean; with?: string }[] = [];

  isPaused({ gateway, node, ...input }: InputRecord): boolean {
    const latest = this.said.findLast(
      (one) => one.gateway === gateway && (one.job === jobOf(input) || one.node === node),
    );
    return latest?.paused ?? false;
  }

  names({ sms, inputs }: Stored, gateways: string[], scope: JobScope): string[] {
    const some = (input: StoredInput, isMeant: (one: StoredSms) => boolean): boolean =>
      sms.some((one) => one.input === input.id && isMeant(one));
    const names = [...new Set(gateways)].flatMap((gateway) =>
      inputs
        .filter((input) => input.gateway === gateway)
        .filter((input) => {
          if ('job' in scope) return jobOf(input) === scope.job;
          if (!some(input, ({ stage }) => stage !== 'done')) return false;
          if ('node' in scope) return input.node === scope.node;
          return !('waiting' in scope) || some(input, ({ stage }) => stage === 'waiting');
        })
        .map(jobOf),
    );
    return [...new Set(names)];
  }

  command(stored: Stored, gateways: string[], scope: JobScope, timed: TimedCommand): string[] {
    return [...new Set([...new Set(gateways)].flatMap((gateway) => this.commandOn(stored, gateway, scope, timed)))];
  }

  private commandOn(stored: Stored, gateway: string, scope: JobScope, { command, now }: TimedCommand): string[] {
    const names = this.names(stored, [gateway], scope);
    const undone = new Set(stored.sms.filter(({ stage }) => stage !== 'done').map(({ input }) => input));
    for (const input of stored.inputs) {
      if (input.gateway !== gateway || !names.includes(jobOf(input)) || !undone.has(input.id)) continue;
      const halted = this.halted.get(input.id);
      if (halted === 'stopped') continue;
      if (command === 'resume' && halted === 'paused') input.resumed_at = now;
      if (command === 'resume') this.halted.delete(input.id);
      else this.halted.set(input.id, command === 'stop' ? 'stopped' : 'paused');
      for (const sms of stored.sms) {
        if (sms.input !== input.id || sms.stage === 'done') continue;
        if (this.halted.has(input.id)) sms.paused = true;
        else delete sms.paused;
      }
    }
    if (command !== 'stop') this.later(gateway, names, scope, command);
    return names;
  }

  private later(gateway: string, names: string[], scope: JobScope, command: 'pause' | 'resume'): void {
    const node = 'node' in scope ? scope.node : undefined;
    const paused = command === 'pause';
    this.said = this.said.filter((one) => one.gateway !== gateway || !names.includes(one.job ?? ''));
    if (node !== undefined && !paused) {
      this.said = this.said.filter((one) => one.gateway !== gateway || one.with !== node);
    }
    for (const job of names)
      this.said.push({ gateway, job, paused, ...(node !== undefined && paused && { with: node }) });
    if (node !== undefined) this.said.push({ gateway, node, paused });
  }

  tallies({ sms, inputs }: Stored, gateways: string[], jobs: string[]): JobTally[] {
    return [...new Set(jobs)].flatMap((job) =>
      [...new Set(gateways)].flatMap((gateway) => {
        const own = inputs.filter((input) => input.gateway === gateway && jobOf(input) === job);
        if (own.length === 0) return [];
        const of = own.flatMap((input) =>
          sms.filter((one) => one.input === input.id).map((one) => ({ one, until: input.until })),
        );
        const count = (isMeant: (each: (typeof of)[number]) => boolean): number => of.filter(isMeant).length;
        const recipients = own.flatMap(({ id, until }) =>
          numbersOf(sms.filter(({ input }) => input === id)).map((numbers) => ({ numbers, until })),
        );
        const counted = (isMeant: (each: (typeof recipients)[number]) => boolean): number =>
          recipients.filter(isMeant).length;
        const has = ({ numbers }: { numbers: StoredSms[] }, how: Until): boolean =>
          numbers.some((one) => hasReached(one, how));
        return {
          gateway,
          job,
          total: count(({ one }) => !one.turn?.place),
          waiting: count(({ one }) => one.stage === 'waiting'),
          paused: count(({ one }) => one.stage === 'waiting' && this.halted.has(one.input)),
          held: count(({ one }) => one.stage === 'waiting' && (this.halted.has(one.input) || one.due_at !== 0)),
          reached: counted((one) => has(one, one.until)),
          failed: counted((one) => !has(one, one.until) && !mayStillCome(one)),
          accepted: counted((one) => has(one, 'accepted')),
          sent: counted((one) => has(one, 'sent')),
          delivered: counted((one) => has(one, 'delivered')),
          withheld: counted((one) => endsAs(one) === 'WITHHELD'),
          stopped: counted((one) => endsAs(one) === 'STOPPED'),
          undone: count(({ one }) => one.stage !== 'done'),
          isPaused: this.said.findLast((one) => one.gateway === gateway && one.job === job)?.paused ?? false,
        };
      }),
    );
  }

  list({ sms, inputs }: Stored, gateway: string, limit: number): JobList {
    const of = (input: StoredInput): StoredSms[] => sms.filter((one) => one.input === input.id);
    const waits = (input: StoredInput): boolean => of(input).some(({ stage }) => stage === 'waiting');
    const newest = inputs.filter((input) => {
      const recipients = of(input).filter(({ turn }) => !turn?.place).length;
      return input.gateway === gateway && (recipients > 1 || (of(input).length > 0 && jobOf(input) !== input.id));
    });
    newest.reverse();
    const waiting = newest.filter(waits);
    const names = new Set([...waiting, ...newest].map(jobOf));
    const jobs = [...names].map((job) => {
      const input = [...waiting, ...newest].find((one) => jobOf(one) === job) as StoredInput;
      const { id, node, taken_at } = input;
      return { gateway, job, isNamed: job !== id, node, taken_at, waits: waits(input) };
    });
    return { jobs: jobs.slice(0, limit), waiting: new Set(waiting.map(jobOf)).size };
  }

  heldCounts({ sms }: Stored, gateway: string, most: number): HeldCount[] {
    const waiting = sms.filter((one) => one.gateway === gateway && one.stage === 'waiting');
    const ofRules = waiting.filter(({ due_at }) => due_at !== 0);
    const ofCommands = waiting.filter(({ due_at, paused }) => due_at === 0 && paused);
    const counted = [...ofRules, ...ofCommands].slice(0, most);
    const byOf = ({ paused, held }: StoredSms): HeldBy | undefined => (paused ? 'pause' : held?.by);
    const all = [...new Set(counted.flatMap((one) => byOf(one) ?? []))];
    return all.map((by) => {
      const own = counted.filter((one) => byOf(one) === by);
      const [first, ...more] = own.map(({ held }) => (by === 'pause' ? undefined : held?.text));
      const untils = own.flatMap(({ held }) => (by === 'pause' ? [] : (held?.until ?? [])));
      const text = more.every((one) => one === first) ? (first ?? null) : null;
      return { by, count: own.length, until: untils.length > 0 ? Math.min(...untils) : null, text };
    });
  }

  firstExpiry({ sms, inputs }: Stored, gateways: string[], jobs: string[]): number | undefined {
    const own = new Set(inputs.filter((input) => jobs.includes(jobOf(input))).map(({ id }) => id));
    const moments = sms
      .filter(
        (one) => gateways.includes(one.gateway) && one.stage === 'waiting' && one.expires_at && own.has(one.input),
      )
      .map(({ expires_at }) => expires_at);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** A job of its own is over: nothing comes later under its name. */
  forget({ id, gateway, job }: StoredInput): void {
    this.halted.delete(id);
    if (job === undefined) this.said = this.said.filter((one) => one.gateway !== gateway || one.job !== id);
  }
}
