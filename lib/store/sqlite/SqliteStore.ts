import type { Random } from '../../clock';
import { type BriefTaken, takenOf } from '../briefTaken';
import type { HeldCount } from '../heldCounts';
import type { JobCommand, JobList, JobScope, JobTally } from '../jobs';
import type { Priority, Stage, StoredInput, StoredSms, StoredSubmission, Submission } from '../records';
import type {
  BegunTo,
  DueKind,
  NextDue,
  OutcomeParts,
  PortCount,
  PortSetCount,
  Safety,
  SmsChange,
  SmsCriterion,
  SmsPage,
  Store,
  Taken,
  Taking,
  WaitingCount,
  WaitingQuery,
} from '../store';
import type { Usage, UsageChange, UsageQuestion } from '../usage';
import { begin, change } from './change';
import type { DriverKind } from './drivers';
import { due, expired, heldDue, nextDue, standbyDue, waitingCounts } from './due';
import { chosenPortCounts, find, portSetCounts } from './find';
import { closeInputs, inputsByIds, inputsDue, openInputs, prolong, pruneStep, recipients } from './inputs';
import { heldCounts, listJobs } from './jobList';
import { withdrawStopped } from './jobSms';
import { firstExpiry, jobNames, jobTallies } from './jobs';
import { forgetNotes, noteKeys, notes, putNotes } from './notes';
import { outcomes } from './outcomes';
import { commandJobs } from './pauses';
import { StoreFile } from './StoreFile';
import { canShrink, shrinkStep } from './shrink';
import { smsByIds } from './smsByIds';
import { begunTo, submissions, submittedSince } from './submissions';
import { reserveUserIds, take } from './take';
import { changeUsage, pruneUsage, readUsage } from './usage';
import { waiting } from './waiting';

/** A {@link Store} in a SQLite file, for one process at a time. */
export class SqliteStore implements Store {
  readonly durable = true;
  private readonly file: StoreFile;

  constructor({ file, driver, random }: { file: string; driver: DriverKind; random: Random }) {
    this.file = new StoreFile(file, driver, random);
  }

  async open(): Promise<void> {
    this.file.open();
  }

  async close(): Promise<void> {
    this.file.close();
  }

  reserveUserIds(count: number): Promise<number> {
    return this.file.write((db) => reserveUserIds(db, count));
  }

  /** @throws Error when an input with one of these ids was taken before; nothing is taken then */
  async take(takings: Taking[]): Promise<Taken[]> {
    return takenOf(takings, await this.takeBriefly(takings));
  }

  /** As {@link take}, for whoever knows the SMS already. */
  takeBriefly(takings: Taking[]): Promise<BriefTaken[]> {
    return this.file.write((db) => take(db, takings));
  }

  waiting(query: WaitingQuery): Promise<StoredSms[]> {
    return this.file.read((db) => waiting(db, query));
  }

  begin(submission: Submission): Promise<StoredSms[]> {
    return this.file.write((db) => begin(db, submission));
  }

  change(changes: SmsChange[], from?: readonly Stage[], safety?: Safety): Promise<StoredSms[]> {
    return this.file.write((db) => change(db, changes, from), safety);
  }

  sms(ids: number[]): Promise<StoredSms[]> {
    return this.file.read((db) => smsByIds(db, ids));
  }

  find(gateways: string[], by: SmsCriterion): Promise<StoredSms[]> {
    return this.file.read((db) => find(db, gateways, by));
  }

  due(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.file.read((db) => due(db, gateways, now, limit));
  }

  nextDue(gateways: string[], kinds?: readonly DueKind[]): Promise<NextDue> {
    return this.file.read((db) => nextDue(db, gateways, kinds));
  }

  expired(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.file.read((db) => expired(db, gateways, now, limit));
  }

  heldDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.file.read((db) => heldDue(db, gateways, now, limit));
  }

  standbyDue(gateways: string[], now: number, limit: number): Promise<StoredSms[]> {
    return this.file.read((db) => standbyDue(db, gateways, now, limit));
  }

  waitingCounts(gateways: string[], most: number, priority?: Priority): Promise<WaitingCount[]> {
    return this.file.read((db) => waitingCounts(db, gateways, most, priority));
  }

  portSetCounts(gateways: string[]): Promise<PortSetCount[]> {
    return this.file.read((db) => portSetCounts(db, gateways));
  }

  chosenPortCounts(gateways: string[]): Promise<PortCount[]> {
    return this.file.read((db) => chosenPortCounts(db, gateways));
  }

  usage(questions: UsageQuestion[], recipients: string[], now: number): Promise<Usage> {
    return this.file.read((db) => readUsage(db, questions, recipients, now));
  }

  changeUsage(change: UsageChange): Promise<void> {
    return this.file.write((db) => changeUsage(db, change));
  }

  submissions(gateways: string[]): Promise<StoredSubmission[]> {
    return this.file.read((db) => submissions(db, gateways));
  }

  submittedSince(gateways: string[], since: number): Promise<{ count: number; oldest?: number }> {
    return this.file.read((db) => submittedSince(db, gateways, since));
  }

  begunTo(gateways: string[], tails: string[], since: number, most: number): Promise<BegunTo[]> {
    return this.file.read((db) => begunTo(db, gateways, tails, since, most));
  }

  jobNames(gateways: string[], scope: JobScope, limit: number): Promise<string[]> {
    return this.file.read((db) => jobNames(db, gateways, scope, limit));
  }

  commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number): Promise<string[]> {
    return this.file.write((db) => commandJobs(db, gateways, scope, { command, now }));
  }

  withdrawStopped(gateways: string[], page: SmsPage, at: number): Promise<StoredSms[]> {
    return this.file.write((db) => withdrawStopped(db, gateways, page, at), 'written');
  }

  jobTallies(gateways: string[], jobs: string[]): Promise<JobTally[]> {
    return this.file.read((db) => jobTallies(db, gateways, jobs));
  }

  listJobs(gateway: string, limit: number): Promise<JobList> {
    return this.file.read((db) => listJobs(db, gateway, limit));
  }

  heldCounts(gateway: string, most: number): Promise<HeldCount[]> {
    return this.file.read((db) => heldCounts(db, gateway, most));
  }

  firstExpiry(gateways: string[], jobs: string[]): Promise<number | undefined> {
    return this.file.read((db) => firstExpiry(db, gateways, jobs));
  }

  inputs(ids: string[]): Promise<StoredInput[]> {
    return this.file.read((db) => inputsByIds(db, ids));
  }

  recipients(input: string, limit?: number): Promise<StoredSms[]> {
    return this.file.read((db) => recipients(db, input, limit));
  }

  outcomes(ids: string[]): Promise<OutcomeParts[]> {
    return this.file.readSafe((db) => outcomes(db, ids));
  }

  inputsDue(gateways: string[], now: number, limit: number): Promise<StoredInput[]> {
    return this.file.read((db) => inputsDue(db, gateways, now, limit));
  }

  openInputs(gateways: string[], after: string, limit: number): Promise<StoredInput[]> {
    return this.file.read((db) => openInputs(db, gateways, after, limit));
  }

  prolong(ids: string[], wait_until: number): Promise<void> {
    return this.file.write((db) => prolong(db, ids, wait_until));
  }

  closeInputs(ids: string[], at: number): Promise<string[]> {
    return this.file.write((db) => closeInputs(db, ids, at), 'written');
  }

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.file.read((db) => notes(db, keys));
  }

  putNotes(given: ReadonlyMap<string, string>): Promise<void> {
    return this.file.write((db) => putNotes(db, given));
  }

  noteKeys(): Promise<string[]> {
    return this.file.read(noteKeys);
  }

  forgetNotes(keys: string[]): Promise<void> {
    return this.file.write((db) => forgetNotes(db, keys));
  }

  /** In steps that are each kept for themselves, with room for other calls in between. */
  async prune(before: number, limit: number): Promise<number> {
    await this.file.write((db) => pruneUsage(db, before));
    for (let forgotten = 0; ; ) {
      const left = limit - forgotten;
      const { gone, more } = await this.file.write((db) => pruneStep(db, before, left));
      forgotten += gone;
      if (more) continue;
      await this.giveBack();
      return forgotten;
    }
  }

  /** Makes the file smaller by what is free in it, in steps as well, also by what an earlier time could not give back. */
  private async giveBack(): Promise<void> {
    if (!(await this.file.read(canShrink))) return;
    while (await this.file.write(shrinkStep));
  }
}
