import { GatewayError } from '../../../gateway-api';
import type { SmsChange, Stage, StoredSms } from '../../../store';
import { type Probe, probe } from '../evidence/probe';
import { movedBy } from '../ledger/changed';
import { acceptedAfterAll, byPolicy, sendAgain } from '../ledger/policy';
import { type Finding, InDoubtSubmission } from './InDoubtSubmission';
import type { InquiryOptions } from './inquiry';

export interface ReconcilerOptions extends InquiryOptions {
  /** SMS whose request is on its way: of those nothing is in doubt yet. */
  isSending: (sms: number) => boolean;
  /** Ms after which a doubt ends by the policy. */
  holdFor: () => number;
}

const IN_DOUBT: readonly Stage[] = ['submitting', 'doubt'];

/** Finds out whether the gateway took a request whose answer was lost, and never sends again without evidence (decision 4). */
export class Reconciler {
  private readonly cases = new Map<number, { file: InDoubtSubmission; at: number }>();
  /** Submissions of a former process: whether contact was lost since nobody knows. */
  private readonly inherited = new Set<number>();

  constructor(private readonly options: ReconcilerOptions) {}

  /** Takes over what a former process left unsettled for a config node. */
  async inherit(gateway: string): Promise<void> {
    const { store, isSending } = this.options;
    for (const { id, sms } of await store.submissions([gateway])) {
      if (!sms.some(isSending)) this.inherited.add(id);
    }
  }

  /** In how many ms there is something to look at. */
  async due(): Promise<number | undefined> {
    await this.openCases();
    const times = [...this.cases.values()].map(({ at }) => at);
    return times.length > 0 ? Math.min(...times) - this.options.clock.monotonic() : undefined;
  }

  /** Looks at the case whose time has come, the longest due first. */
  async run(): Promise<void> {
    const now = this.options.clock.monotonic();
    const [next] = [...this.cases.values()].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    if (!next) return;
    const sms = await this.doubtful(next.file);
    if (sms.length === 0) this.close(next.file);
    // Not since it was submitted: after a long night without power the gateway is asked before the policy decides.
    else if (now - next.file.opened >= this.options.holdFor()) await this.giveUp(next.file, sms);
    else await this.look(next.file, sms);
    next.at = this.options.clock.monotonic() + next.file.pause;
  }

  /** A request that left after all these doubts was taken: its task_id may tell that none of them was. */
  taken(task_id: number, begunAt: number): void {
    const { evidence, clock } = this.options;
    for (const one of this.cases.values()) {
      const before = one.file.submission.task_id;
      if (before === undefined || !evidence.hasAllBetween(before, task_id)) continue;
      one.file.noTaskIsMissing(begunAt);
      one.at = clock.monotonic();
    }
  }

  private async openCases(): Promise<void> {
    const { store, gateways, evidence, clock, isSending } = this.options;
    const open = (await store.submissions(gateways())).filter(({ sms }) => !sms.some(isSending));
    for (const submission of open) {
      if (this.cases.has(submission.id)) continue;
      const isInherited = this.inherited.delete(submission.id);
      const file = new InDoubtSubmission(submission, evidence.interruptions, isInherited, clock.monotonic());
      this.cases.set(submission.id, { file, at: clock.monotonic() + file.pause });
    }
    const ids = new Set(open.map(({ id }) => id));
    for (const id of this.cases.keys()) if (!ids.has(id)) this.cases.delete(id);
  }

  private async look(file: InDoubtSubmission, sms: StoredSms[]): Promise<void> {
    const { line, clock, evidence, signal } = this.options;
    const { newest } = file.submission;
    let sight: Probe;
    try {
      sight = await line.ask({ kind: 'reconcile', signal }, (api) => probe(api, sms, newest, signal));
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      file.looks += 1;
      if (error.code === 'UNREACHABLE' || error.code === 'TIMEOUT') evidence.interrupted();
      return;
    }
    const { in_queue, isWhole, records, unclear, newestGone } = sight;
    const look = {
      at: clock.monotonic(),
      in_queue,
      isWhole,
      newestGone,
      hit: records.length > 0,
      unclear: unclear.length > 0,
    };
    await this.conclude(file, sms, file.judge(look, evidence.interruptions), sight);
  }

  private async conclude(file: InDoubtSubmission, sms: StoredSms[], finding: Finding, sight: Probe): Promise<void> {
    const { clock, firstPoll, correlator } = this.options;
    const now = clock.now();
    if (finding === 'open') return;
    this.close(file);
    if (finding === 'not accepted') return this.settle(sms.map((one) => sendAgain(one, now)));
    // The gateway takes a request whole: where one of its SMS is known, all were taken.
    await this.settle(sms.map((one) => acceptedAfterAll(one, now, firstPoll(now))));
    await correlator.results(sight.records, 'reconcile');
  }

  private async giveUp(file: InDoubtSubmission, sms: StoredSms[]): Promise<void> {
    const { clock, firstPoll, policy } = this.options;
    const now = clock.now();
    this.close(file);
    await this.settle(sms.map((one) => byPolicy(one, policy(), 'doubt', now, firstPoll(now))));
  }

  private async doubtful(file: InDoubtSubmission): Promise<StoredSms[]> {
    const { store, isSending } = this.options;
    const sms = await store.sms(file.submission.sms);
    return sms.filter(({ id, stage }) => IN_DOUBT.includes(stage) && !isSending(id));
  }

  private close({ submission }: InDoubtSubmission): void {
    this.cases.delete(submission.id);
  }

  private async settle(changes: SmsChange[]): Promise<void> {
    const { store, changed } = this.options;
    await changed(await store.change(changes, IN_DOUBT), movedBy(changes));
  }
}
