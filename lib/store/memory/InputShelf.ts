import type { JobCommand, TimedCommand } from '../jobs';
import { idsOfRecipient } from '../recipients';
import type { InputRecord, StoredInput, StoredSms } from '../records';
import { count, countRecipient, takenTally } from '../tally';
import { JobShelf } from './JobShelf';
import type { KeptInput, Paused } from './KeptInput';
import { alphabetic, byTime, OrderedSet, type Timed } from './OrderedSet';

/** The inputs of one gateway. */
class GatewayInputs {
  readonly open = new OrderedSet<string>(alphabetic);
  /** Open inputs whose outcome leaves at a moment, by `wait_until`. */
  readonly waits = new OrderedSet<Timed<string>>(byTime);
  /** The inputs that claimed a key, in the order of taking. */
  readonly claims = new Map<string, string[]>();
}

/** Inputs and where they are found again. */
export class InputShelf {
  private readonly inputs = new Map<string, KeptInput>();
  private readonly byGateway = new Map<string, GatewayInputs>();
  private readonly jobsByGateway = new Map<string, JobShelf>();
  /** Open inputs that wait for another's outcome. */
  private readonly duplicates = new Map<string, Set<string>>();
  /** Closed inputs whose SMS are all done, by `closed_at`. */
  private readonly prunableIds = new OrderedSet<Timed<string>>(byTime);
  /** Inputs that claim no key: forgetting one early lets nothing go out twice. */
  private readonly keylessIds = new OrderedSet<Timed<string>>(byTime);
  private keylessSmsCount = 0;

  get(id: string): Readonly<KeptInput> | undefined {
    return this.inputs.get(id);
  }

  /** The inputs with these ids, as they are now; missing ones are left out. */
  records(ids: Iterable<string>): StoredInput[] {
    const records: StoredInput[] = [];
    for (const id of ids) {
      const kept = this.inputs.get(id);
      if (kept) records.push(kept.record);
    }
    return records;
  }

  /** Keeps an open input; one that is no duplicate claims its key. */
  add(
    input: InputRecord,
    sms: number[],
    { others = 0, duplicate_of }: { others?: number; duplicate_of?: string } = {},
  ): void {
    const record: StoredInput = { ...input, closed_at: 0, ...(duplicate_of === undefined ? {} : { duplicate_of }) };
    const paused = this.jobs(input.gateway).isPaused(input) && duplicate_of === undefined ? 'paused' : undefined;
    const kept: KeptInput = { record, sms, others, tally: takenTally(sms.length, others), paused };
    this.inputs.set(input.id, kept);
    this.jobs(input.gateway).add(kept);
    const { open, waits, claims } = this.gateway(input.gateway);
    open.add(input.id);
    if (input.wait_until) waits.add({ at: input.wait_until, id: input.id });
    if (duplicate_of !== undefined) {
      const duplicates = this.duplicates.get(duplicate_of) ?? new Set();
      this.duplicates.set(duplicate_of, duplicates.add(input.id));
    } else if (input.key !== undefined) {
      const claimants = claims.get(input.key);
      if (claimants) claimants.push(input.id);
      else claims.set(input.key, [input.id]);
    }
  }

  /** An open input waits until this moment at least, unless it waits for ever. */
  prolong(id: string, wait_until: number): void {
    const kept = this.inputs.get(id);
    if (!kept) return;
    const { record } = kept;
    if (record.closed_at || record.wait_until === 0 || record.wait_until >= wait_until) return;
    const { waits } = this.gateway(record.gateway);
    waits.delete({ at: record.wait_until, id });
    kept.record = { ...record, wait_until };
    waits.add({ at: wait_until, id });
  }

  close(id: string, at: number): void {
    const kept = this.inputs.get(id);
    if (!kept || kept.record.closed_at) return;
    kept.record = { ...kept.record, closed_at: at };
    const { gateway, wait_until, duplicate_of } = kept.record;
    const { open, waits } = this.gateway(gateway);
    open.delete(id);
    if (wait_until) waits.delete({ at: wait_until, id });
    if (duplicate_of !== undefined) {
      const duplicates = this.duplicates.get(duplicate_of);
      duplicates?.delete(id);
      if (duplicates?.size === 0) this.duplicates.delete(duplicate_of);
    }
    if (kept.tally.undone === 0) this.addPrunable(kept);
  }

  /**
   * Notes that an SMS of an input is another one now.
   * @param getSms the SMS with an id, as it is or was: asked for those to a recipient's other numbers
   */
  count(before: StoredSms, after: StoredSms, getSms: (id: number) => StoredSms | undefined): void {
    const kept = this.inputs.get(after.input);
    if (!kept) return;
    const { tally } = kept;
    const wasOver = tally.undone === 0;
    const waited = tally.waiting > 0;
    if (after.turn === undefined) {
      count(tally, before, -1);
      count(tally, after, 1);
    } else {
      const as = (sms: StoredSms) => idsOfRecipient(sms).flatMap((id) => (id === sms.id ? sms : (getSms(id) ?? [])));
      countRecipient(tally, as(before), kept.record.until, -1);
      countRecipient(tally, as(after), kept.record.until, 1);
    }
    const isOver = tally.undone === 0;
    const waits = tally.waiting > 0;
    const { closed_at, gateway } = kept.record;
    if (isOver !== wasOver || waits !== waited) this.jobs(gateway).place(kept);
    if (isOver === wasOver || !closed_at) return;
    if (isOver) this.addPrunable(kept);
    else this.deletePrunable(kept);
  }

  /** The jobs of a gateway. */
  jobs(gateway: string): JobShelf {
    let shelf = this.jobsByGateway.get(gateway);
    if (!shelf) {
      shelf = new JobShelf();
      this.jobsByGateway.set(gateway, shelf);
    }
    return shelf;
  }

  /** Pauses, resumes or stops a job's inputs that aren't over; answers with those of which that says something new. */
  command(gateway: string, job: string, { command, now }: TimedCommand): KeptInput[] {
    const { to, from } = COMMANDS[command];
    const inputs = this.jobs(gateway).inputs.get(job) ?? [];
    const concerned = inputs.filter(({ tally, paused }) => tally.undone > 0 && from.includes(paused));
    for (const kept of concerned) {
      kept.paused = to;
      if (command === 'resume') kept.record = { ...kept.record, resumed_at: now };
      this.jobs(gateway).place(kept);
    }
    return concerned;
  }

  /** The first input with this key that was itself sent and was taken at `since` or later. */
  claimant(gateway: string, key: string, since: number): string | undefined {
    const claimants = this.gateway(gateway).claims.get(key);
    return claimants?.find((id) => (this.inputs.get(id)?.record.taken_at ?? 0) >= since);
  }

  duplicatesOf(id: string): Iterable<string> {
    return this.duplicates.get(id) ?? [];
  }

  /** Closed inputs whose SMS are all done, the one closed first first. */
  get prunable(): Iterable<Timed<string>> {
    return this.prunableIds;
  }

  /** Inputs without a key. */
  get keyless(): Iterable<Timed<string>> {
    return this.keylessIds;
  }

  /** How many SMS those have. */
  get keylessSms(): number {
    return this.keylessSmsCount;
  }

  /** Forgets a prunable input and its key. */
  forget(id: string): void {
    const kept = this.inputs.get(id);
    if (!kept) return;
    const { record } = kept;
    this.inputs.delete(id);
    this.jobs(record.gateway).forget(kept);
    this.deletePrunable(kept);
    const { claims } = this.gateway(record.gateway);
    if (record.key === undefined) return;
    const others = (claims.get(record.key) ?? []).filter((claimant) => claimant !== id);
    if (others.length) claims.set(record.key, others);
    else claims.delete(record.key);
  }

  /** What is known of these gateways, each once. */
  gateways(names: string[]): GatewayInputs[] {
    return [...new Set(names)].map((name) => this.gateway(name));
  }

  private addPrunable({ record: { id, key, closed_at: at }, sms }: KeptInput): void {
    this.prunableIds.add({ at, id });
    if (key === undefined && this.keylessIds.add({ at, id })) this.keylessSmsCount += sms.length;
  }

  private deletePrunable({ record: { id, closed_at: at }, sms }: KeptInput): void {
    this.prunableIds.delete({ at, id });
    if (this.keylessIds.delete({ at, id })) this.keylessSmsCount -= sms.length;
  }

  private gateway(name: string): GatewayInputs {
    let gateway = this.byGateway.get(name);
    if (!gateway) {
      gateway = new GatewayInputs();
      this.byGateway.set(name, gateway);
    }
    return gateway;
  }
}

const COMMANDS: Record<JobCommand, { to: Paused; from: readonly Paused[] }> = {
  pause: { to: 'paused', from: [undefined] },
  resume: { to: undefined, from: ['paused'] },
  stop: { to: 'stopped', from: [undefined, 'paused'] },
};
