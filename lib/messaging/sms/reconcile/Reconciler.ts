import { GatewayError } from '../../../gateway-api';
import type { StoredSms } from '../../../store';
import type { InFlight } from '../evidence/InFlight';
import { patienceWith } from '../evidence/patience';
import { type Probe, probe } from '../evidence/probe';
import { UNSETTLED } from '../ledger/stages';
import { type Finding, InDoubtSubmission } from './InDoubtSubmission';
import type { InquiryOptions } from './inquiry';

export interface ReconcilerOptions extends InquiryOptions {
  inFlight: InFlight;
}

/** Finds out whether the gateway took a request whose answer was lost, and never sends again without evidence (decision 4). */
export class Reconciler {
  private readonly doubts = new Map<number, { doubt: InDoubtSubmission; at: number }>();
  /** Submissions of a former process: whether contact was lost since nobody knows. */
  private readonly inherited = new Set<number>();

  constructor(private readonly options: ReconcilerOptions) {
    options.evidence.taken.on((request) => this.taken(request));
  }

  /** Takes over what a former process left unsettled for a config node. */
  async inherit(gateway: string): Promise<void> {
    for (const { id, sms } of await this.options.store.submissions([gateway])) {
      if (!this.isUnderWay(sms)) this.inherited.add(id);
    }
  }

  /** In how many ms there is something to look at. */
  async due(): Promise<number | undefined> {
    await this.openDoubts();
    const times = [...this.doubts.values()].map(({ at }) => at);
    return times.length > 0 ? Math.min(...times) - this.options.clock.monotonic() : undefined;
  }

  /** Looks at the doubt whose time has come, the longest due first. */
  async run(): Promise<void> {
    const now = this.options.clock.monotonic();
    const [next] = [...this.doubts.values()].filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    if (!next) return;
    const sms = await this.doubtful(next.doubt);
    // Not since it was submitted: after a long night without power the gateway is asked before the policy decides.
    const { unknownHold, unknownPolicy } = this.options.settings;
    // Nor is anything sent again unasked: what a gateway that is away has taken shows when it is back.
    const mayEnd = unknownPolicy !== 'resend' || next.doubt.isAnswered;
    const isOver = mayEnd && now - next.doubt.opened >= unknownHold * 1000;
    if (sms.length > 0) await (isOver ? this.giveUp(sms) : this.look(next.doubt, sms));
    next.at = this.options.clock.monotonic() + next.doubt.pause;
  }

  /** A request that left after all these doubts was taken: its task_id may tell that none of them was. */
  private taken({ task_id, begunAt }: { task_id: number; begunAt: number }): void {
    const { evidence, clock } = this.options;
    for (const one of this.doubts.values()) {
      const before = one.doubt.submission.task_id;
      if (before === undefined || !evidence.hasAllBetween(before, task_id)) continue;
      one.doubt.noTaskIsMissing(begunAt);
      one.at = clock.monotonic();
    }
  }

  private async openDoubts(): Promise<void> {
    const { store, members, evidence, clock } = this.options;
    const open = (await store.submissions([...members])).filter(({ sms }) => !this.isUnderWay(sms));
    for (const submission of open) {
      if (this.doubts.has(submission.id)) continue;
      const isInherited = this.inherited.delete(submission.id);
      const patience = patienceWith(clock.now() - submission.at, isInherited);
      const doubt = new InDoubtSubmission(submission, evidence.interruptions, patience, isInherited, clock.monotonic());
      this.doubts.set(submission.id, { doubt, at: clock.monotonic() + doubt.pause });
    }
    // What is settled is in the store no doubt any more.
    const ids = new Set(open.map(({ id }) => id));
    for (const id of this.doubts.keys()) if (!ids.has(id)) this.doubts.delete(id);
  }

  private async look(doubt: InDoubtSubmission, sms: StoredSms[]): Promise<void> {
    const { requests, clock, evidence, signal } = this.options;
    const { newest } = doubt.submission;
    let found: Probe;
    let asked = clock.monotonic();
    try {
      found = await requests.run({ kind: 'reconcile', signal }, (api) => {
        asked = clock.monotonic();
        return probe(api, sms, newest, signal);
      });
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const isAway = error.code === 'UNREACHABLE' || error.code === 'TIMEOUT';
      doubt.failed(isAway);
      if (isAway) evidence.interrupted();
      return;
    }
    const { in_queue, isWhole, records, unclear, newestGone } = found;
    const look = {
      asked,
      at: clock.monotonic(),
      in_queue,
      isWhole,
      newestGone,
      hit: records.length > 0,
      unclear: unclear.length > 0,
    };
    await this.conclude(sms, doubt.judge(look, evidence.interruptions), found);
  }

  private async conclude(sms: StoredSms[], finding: Finding, found: Probe): Promise<void> {
    const { ledger, correlator } = this.options;
    if (finding === 'open') return;
    if (finding === 'not accepted') return void (await ledger.apply(sms, { kind: 'absent' }));
    // The gateway takes a request whole: where one of its SMS is known, all were taken.
    await ledger.apply(sms, { kind: 'found' });
    await correlator.results(found.records, 'reconcile');
  }

  private async giveUp(sms: StoredSms[]): Promise<void> {
    const { ledger, settings } = this.options;
    await ledger.apply(sms, { kind: 'undecided', policy: settings.unknownPolicy });
  }

  private async doubtful(doubt: InDoubtSubmission): Promise<StoredSms[]> {
    const { store, inFlight } = this.options;
    const sms = await store.sms(doubt.submission.sms);
    return sms.filter(({ id, stage }) => UNSETTLED.includes(stage) && !inFlight.has(id));
  }

  private isUnderWay(sms: readonly number[]): boolean {
    return sms.some((id) => this.options.inFlight.has(id));
  }
}
