import type { Clock } from '../../../clock';
import { type GatewayClient, GatewayError, type SmsResult } from '../../../gateway-api';
import { identityOf } from '../../../numbers/e164';
import type { Stage, Store, StoredSms } from '../../../store';
import type { Line } from '../../line/line';
import type { Correlator } from '../correlation/Correlator';
import type { Changed } from '../ledger/changed';
import { ended } from '../ledger/verdict';
import { StopFollowUp } from './StopFollowUp';
import type { StopWish, Wanted } from './wish';

type Api = Pick<GatewayClient, 'stopSms' | 'querySmsResult' | 'querySmsInQueue'>;

export interface StopperOptions {
  line: Line<Api>;
  store: Store;
  clock: Clock;
  gateways: () => string[];
  /** ISO code of the country in which numbers are dialled; undefined = not known. */
  country: () => string | undefined;
  correlator: Correlator;
  changed: Changed;
  /** Told of every record that the gateway shows. */
  seen: (results: readonly SmsResult[]) => void;
  /** Aborts when the line closes. */
  signal: AbortSignal;
  failed: (error: Error) => void;
}

/** What was stopped and what wasn't (contract, dinstar-stop-sms). */
export interface Stopped {
  stopped: number[];
  not_found: number[];
  not_stopped: number[];
  withdrawn: number;
}

const WAITING: readonly Stage[] = ['waiting'];
/**
 * Stages in which an SMS may still go out though no task is known that could be stopped. One that is `waiting` now was on
 * its way when it was to be withdrawn, and came back.
 */
const BEYOND_REACH: readonly Stage[] = ['waiting', 'submitting', 'doubt', 'unknown'];
/** SMS read from the store in one go. */
const PAGE = 128;

/** Stops what hasn't gone out yet: here by withdrawing it, in the gateway by stopping its task (manual 9). */
export class Stopper {
  private readonly aftermath: StopFollowUp;

  constructor(private readonly options: StopperOptions) {
    this.aftermath = new StopFollowUp(options);
  }

  /** Whether the gateway was asked to drop an SMS: that it is gone there then is no sign of a reboot. */
  isStopping(sms: number): boolean {
    return this.aftermath.concerns(sms);
  }

  /** Resolves when every stop has come to its end, each in its way. To be called when the line is closed. */
  settled(): Promise<void> {
    return this.aftermath.settled();
  }

  /**
   * Stops what is wished. Rejects with `NOT_FOUND` when there was nothing to stop, otherwise with the first failure, after
   * the other tasks were tried.
   * @param signal ends the wait for the line; a request under way is seen to its end
   */
  async stop(wish: StopWish, signal?: AbortSignal): Promise<Stopped> {
    const tally: Stopped = { stopped: [], not_found: [], not_stopped: [], withdrawn: 0 };
    if ('task_ids' in wish) {
      await this.stopTasks(wish.task_ids, undefined, tally, signal);
    } else {
      const left = await this.withdraw(wish.recipients, tally);
      const tasks = new Set(left.flatMap(({ task_id }) => task_id ?? []));
      await this.stopTasks([...tasks], new Set(left.map(({ id }) => id)), tally, signal);
    }
    if (tally.stopped.length === 0 && tally.not_stopped.length === 0 && tally.withdrawn === 0) throw nothing(tally);
    return tally;
  }

  /** Withdraws what waits here; resolves with what lies in the gateway in a task. */
  private async withdraw(recipients: readonly Wanted[], tally: Stopped): Promise<StoredSms[]> {
    const { store, clock, changed } = this.options;
    const own = await this.find(recipients);
    const ends = own
      .filter(({ stage }) => stage === 'waiting')
      .map((sms) => ended(sms, 'STOPPED', clock.now(), 'node'));
    const withdrawn = await store.change(ends, WAITING);
    tally.withdrawn = withdrawn.length;
    await changed(withdrawn);
    const now = await store.sms(own.map(({ id }) => id));
    const inGateway = now.filter(({ stage }) => stage === 'gateway');
    const isOutOfReach = ({ stage, task_id }: StoredSms): boolean =>
      BEYOND_REACH.includes(stage) || (stage === 'gateway' && task_id === undefined);
    tally.not_stopped.push(...now.filter(isOutOfReach).map(({ user_id }) => user_id));
    return inGateway.filter(({ task_id }) => task_id !== undefined);
  }

  /** The SMS of these recipients. A user_id alone may also be another gateway's, or from another time. */
  private async find(recipients: readonly Wanted[]): Promise<StoredSms[]> {
    const { store, gateways, country } = this.options;
    const numbers = new Map(recipients.map(({ user_id, number }) => [user_id, number]));
    const found = await store.byUserId(gateways(), [...numbers.keys()]);
    const home = country();
    const isWanted = ({ user_id, number }: StoredSms): boolean => {
      const wanted = numbers.get(user_id) ?? number;
      return wanted === number || identityOf(wanted, home) === identityOf(number, home);
    };
    return found.filter(isWanted);
  }

  /** @param asked the SMS that may be stopped; without it, all */
  private async stopTasks(
    task_ids: readonly number[],
    asked: ReadonlySet<number> | undefined,
    tally: Stopped,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    let failure: GatewayError | undefined;
    for (const task_id of task_ids) {
      try {
        await this.options.line.ask({ kind: 'stop', signal }, (api) => this.stopTask(api, task_id, asked, tally));
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        failure ??= error;
        // Nothing gets through: the other tasks would fare no better.
        if (error.taken === 'no') break;
      }
    }
    if (failure) throw failure;
  }

  /** Looks at the task's SMS at the last moment: what was on its way while the line was busy has found its task by then. */
  private async stopTask(
    api: Api,
    task_id: number,
    asked: ReadonlySet<number> | undefined,
    tally: Stopped,
  ): Promise<void> {
    const there = await this.inGateway(task_id);
    const own = asked ? there.filter(({ id }) => asked.has(id)) : there;
    if (own.length < there.length) tally.not_stopped.push(...own.map(({ user_id }) => user_id));
    if (own.length < there.length || (asked && own.length === 0)) return;
    const batch = this.aftermath.begin(own);
    try {
      // A process that dies now must not take them for lost, and by policy send them again.
      await this.note(own, this.options.clock.now());
      await api.stopSms({ task_id });
      tally.stopped.push(task_id);
      this.aftermath.follow(batch, 'stopped');
    } catch (error) {
      const wasAsked = error instanceof GatewayError && error.taken !== 'no';
      if (wasAsked) this.aftermath.follow(batch, 'unclear');
      else this.aftermath.forget(batch);
      if (error instanceof GatewayError && !wasAsked) await this.note(own, undefined);
      if (!(error instanceof GatewayError && error.code === 'NOT_FOUND')) throw error;
      tally.not_found.push(task_id);
    }
  }

  private async note(sms: readonly StoredSms[], stopping_at: number | undefined): Promise<void> {
    if (sms.length > 0) await this.options.store.change(sms.map(({ id }) => ({ id, stopping_at })));
  }

  /** Our SMS of a task that aren't on air yet, of all nodes that share the line. */
  private async inGateway(task_id: number): Promise<StoredSms[]> {
    const { store, gateways } = this.options;
    const found: StoredSms[] = [];
    for (let after = 0; ; ) {
      const page = await store.inStage(gateways(), 'gateway', after, PAGE);
      found.push(...page.filter((sms) => sms.task_id === task_id));
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return found;
      after = last.id;
    }
  }
}

const nothing = ({ not_found }: Stopped): GatewayError =>
  new GatewayError(
    'NOT_FOUND',
    not_found.length > 0
      ? `There is nothing to stop: the gateway has no task ${not_found.join(', ')}, or all of it has gone out.`
      : 'There is nothing to stop: none of these SMS waits here or in the gateway.',
    'refused',
    not_found.length > 0 ? { error_code: 404 } : {},
  );
