import { type GatewayClient, GatewayError } from '../../../gateway-api';
import { identityOf } from '../../../numbers/e164';
import { hadTurn, idsOfRecipient, type StoredSms } from '../../../store';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import { BEYOND_REACH } from '../ledger/stages';
import { StopFollowUp, type StopFollowUpOptions } from './StopFollowUp';
import type { StopRequest, Wanted } from './stopRequest';

type Api = Pick<GatewayClient, 'stopSms' | 'querySmsResult' | 'querySmsInQueue'>;

export interface StopperOptions extends StopFollowUpOptions {
  requests: RequestQueue<Api>;
  members: ReadonlySet<string>;
  /** ISO code of the country in which numbers are dialled; undefined = not known. */
  home: { readonly country: string | undefined };
}

/** What was stopped and what wasn't (contract, dinstar-stop-sms). */
export interface Stopped {
  stopped: number[];
  not_found: number[];
  not_stopped: number[];
  withdrawn: number;
}

/** SMS read from the store in one go. */
const SMS_PER_STEP = 128;

/** Stops what hasn't gone out yet: here by withdrawing it, in the gateway by stopping its task (manual 9). */
export class Stopper {
  private readonly followUp: StopFollowUp;

  constructor(private readonly options: StopperOptions) {
    this.followUp = new StopFollowUp(options);
  }

  /** Resolves when every stop has come to its end, each in its way. To be called when the queue is closed. */
  settled(): Promise<void> {
    return this.followUp.settled();
  }

  /**
   * Stops what is asked for. Rejects with `NOT_FOUND` when there was nothing to stop, otherwise with the first failure, after
   * the other tasks were tried.
   * @param signal ends the wait for the queue; a request under way is seen to its end
   */
  async stop(request: StopRequest, signal?: AbortSignal): Promise<Stopped> {
    const tally: Stopped = { stopped: [], not_found: [], not_stopped: [], withdrawn: 0 };
    if ('task_ids' in request) {
      await this.stopTasks(request.task_ids, undefined, tally, signal);
    } else {
      const left = await this.withdraw(request.recipients, tally);
      const tasks = new Set(left.flatMap(({ task_id }) => task_id ?? []));
      await this.stopTasks([...tasks], new Set(left.map(({ id }) => id)), tally, signal);
    }
    if (tally.stopped.length === 0 && tally.not_stopped.length === 0 && tally.withdrawn === 0) throw nothing(tally);
    return tally;
  }

  /** Stops the tasks that are all of these SMS; resolves with how many of them the gateway says to have dropped. */
  async stopTasksOf(sms: readonly StoredSms[], signal: AbortSignal): Promise<number> {
    const tally: Stopped = { stopped: [], not_found: [], not_stopped: [], withdrawn: 0 };
    const tasks = new Set(sms.flatMap(({ task_id }) => task_id ?? []));
    // What can't be stopped is told as what it is: on its way.
    await this.stopTasks([...tasks], new Set(sms.map(({ id }) => id)), tally, signal).catch((error: unknown) => {
      if (!(error instanceof GatewayError)) throw error;
    });
    return sms.filter(({ task_id }) => task_id !== undefined && tally.stopped.includes(task_id)).length;
  }

  /** Withdraws what waits here; resolves with what lies in the gateway in a task. */
  private async withdraw(recipients: readonly Wanted[], tally: Stopped): Promise<StoredSms[]> {
    const { store, ledger } = this.options;
    const own = await this.find(recipients);
    // All at once: what stands by for a number that is stopped must not have its turn.
    const standbys = await this.standbysOf(own);
    const withdrawn = await ledger.apply([...own, ...standbys], { kind: 'withdrawn' });
    tally.withdrawn = withdrawn.filter(hadTurn).length;
    const now = await store.sms(own.map(({ id }) => id));
    const inGateway = now.filter(({ stage }) => stage === 'gateway');
    const isOutOfReach = ({ stage, task_id }: StoredSms): boolean =>
      BEYOND_REACH.includes(stage) || (stage === 'gateway' && task_id === undefined);
    tally.not_stopped.push(...now.filter(isOutOfReach).map(({ user_id }) => user_id));
    return inGateway.filter(({ task_id }) => task_id !== undefined);
  }

  private async standbysOf(sms: readonly StoredSms[]): Promise<StoredSms[]> {
    const ids = sms.filter(({ turn }) => turn !== undefined).flatMap(idsOfRecipient);
    const all = ids.length > 0 ? await this.options.store.sms([...new Set(ids)]) : [];
    return all.filter(({ stage }) => stage === 'standby');
  }

  /** The SMS of these recipients. A user_id alone may also be another gateway's, or from another time. */
  private async find(recipients: readonly Wanted[]): Promise<StoredSms[]> {
    const { store, members, home } = this.options;
    const numbers = new Map(recipients.map(({ user_id, number }) => [user_id, number]));
    const found = await store.find([...members], { user_ids: [...numbers.keys()] });
    const isWanted = ({ user_id, number }: StoredSms): boolean => {
      const wanted = numbers.get(user_id) ?? number;
      return wanted === number || identityOf(wanted, home.country) === identityOf(number, home.country);
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
        await this.options.requests.run({ kind: 'stop', signal }, (api) => this.stopTask(api, task_id, asked, tally));
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error;
        failure ??= error;
        // Nothing gets through: the other tasks would fare no better.
        if (error.taken === 'no') break;
      }
    }
    if (failure) throw failure;
  }

  /** Looks at the task's SMS at the last moment: what was on its way while the queue was busy has found its task by then. */
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
    const { ledger, stops } = this.options;
    const batch = stops.begin(own);
    try {
      // A process that dies now must not take them for lost, and by policy send them again.
      await ledger.apply(own, { kind: 'stopping' });
      await api.stopSms({ task_id });
      tally.stopped.push(task_id);
      this.followUp.follow(batch, 'stopped');
    } catch (error) {
      const wasAsked = error instanceof GatewayError && error.taken !== 'no';
      if (wasAsked) this.followUp.follow(batch, 'unclear');
      else stops.end(batch);
      if (error instanceof GatewayError && !wasAsked) await ledger.apply(own, { kind: 'spared' });
      if (!(error instanceof GatewayError && error.code === 'NOT_FOUND')) throw error;
      tally.not_found.push(task_id);
    }
  }

  /** Our SMS of a task that aren't on air yet, of all nodes that share the queue. */
  private async inGateway(task_id: number): Promise<StoredSms[]> {
    const { store, members } = this.options;
    const found: StoredSms[] = [];
    for (let after = 0; ; ) {
      const page = await store.find([...members], { stage: 'gateway', after, limit: SMS_PER_STEP });
      found.push(...page.filter((sms) => sms.task_id === task_id));
      const last = page.at(-1);
      if (last === undefined || page.length < SMS_PER_STEP) return found;
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
