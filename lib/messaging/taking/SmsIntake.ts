import type { Clock } from '../../clock';
import { Gatherer, inSteps, mapped, type Steps } from '../../concurrency';
import { GatewayError, invalidInput } from '../../gateway-api';
import { identityOf } from '../../numbers/e164';
import {
  type InputRecord,
  type NewSms,
  type Store,
  type StoredSms,
  StoreUnavailable,
  type Taken,
  type Taking,
} from '../../store';
import type { Windows } from '../sms/collecting/Windows';
import type { Schedule } from '../sms/holding/Schedule';
import { UserIds } from './UserIds';
import type { ValidatedRequest } from './validateRequest';

/** A request with what its outcome needs to find its way back. */
export interface SendRequest {
  /** The input's own id, by which its outcome is recognised. */
  id: string;
  validated: ValidatedRequest;
  /** The gateway's config node. */
  gateway: string;
  /** The `send sms` node. */
  node: string;
  onTimeout: 'keep' | 'withdraw';
  /** `summary`: its outcome lists only those that have failed. By default all. */
  outcome?: 'full' | 'summary';
  key?: string;
  /** What it belongs to; absent = a job of its own. */
  job?: string;
  /** The machine that takes it, where several share the store. */
  machine?: string;
  /** The JSON part of the flow's message. */
  msg: string;
}

const DAY_MS = 24 * 3600 * 1000;

export interface SmsIntakeOptions {
  schedule: Pick<Schedule, 'atTaking'>;
  /** When what follows to a recipient is collected. */
  windows: Windows;
  /** Asked for the ISO code of the country in which a gateway node's numbers are dialled. */
  getCountry: (gateway: string) => string | undefined;
}

/** Requests that go to the store together. */
const MOST_TOGETHER = 64;
/** A request with more SMS than that goes to the store by itself: those beside it don't wait until all of it is kept. */
const FEW_SMS = 64;

/** A request, and for how many days used `user_id`s count as used. */
interface Asked {
  sendRequest: SendRequest;
  keepDays: number;
}

/** Takes requests into the store, from where they are sent. */
export class SmsIntake {
  private readonly userIds: UserIds;
  /** Alarms that aren't safe yet. */
  private alarms = 0;
  /** Requests come to the store in the order of asking: ids that are there already must not let one overtake another. */
  private readonly inOrder = this.createGatherer();
  /** An alarm doesn't wait until all of a burst that came before it is kept. */
  private readonly urgent = this.createGatherer();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly options: SmsIntakeOptions,
  ) {
    this.userIds = new UserIds(store);
  }

  /**
   * Resolves with the request's SMS when they are safe in the store.
   * Rejects with `INVALID_INPUT` for a `user_id` in use, `STORE_UNAVAILABLE` when nothing could be kept.
   */
  async take(sendRequest: SendRequest, keepDays: number): Promise<StoredSms[]> {
    const isUrgent = sendRequest.validated.sms[0]?.priority === 'high';
    const asked = { sendRequest, keepDays };
    const taken = await (isUrgent ? this.takeAlarm(asked) : this.inOrder.add(asked));
    if (!taken.taken) throw invalidInput('userId', `${taken.user_id} is in use on this gateway`);
    return taken.sms;
  }

  /** Whether an alarm is being taken. */
  get hasAlarm(): boolean {
    return this.alarms > 0;
  }

  private async takeAlarm(asked: Asked): Promise<Taken> {
    this.alarms += 1;
    try {
      return await this.urgent.add(asked);
    } finally {
      this.alarms -= 1;
    }
  }

  private createGatherer(): Gatherer<Asked, Taken> {
    return new Gatherer((asked) => this.takeAll(asked), MOST_TOGETHER);
  }

  /** What is few goes to the store with the others of its gateway. */
  private async takeAll(asked: readonly Asked[]): Promise<Promise<Taken>[]> {
    const ready: (Taking | Error)[] = [];
    for (const one of asked) ready.push(await this.readied(one).catch((error: Error) => error));
    const together = new Map<string, Taking[]>();
    for (const one of ready) {
      if (one instanceof Error || one.sms.length > FEW_SMS) continue;
      const others = together.get(one.input.gateway);
      if (others) others.push(one);
      else together.set(one.input.gateway, [one]);
    }
    const taken = new Map<Taking, Promise<Taken>>();
    for (const takings of together.values()) this.keep(takings, taken);
    return ready.map((one) => {
      if (one instanceof Error) return Promise.reject(one);
      if (!taken.has(one)) this.keep([one], taken);
      return taken.get(one) as Promise<Taken>;
    });
  }

  /** Gives takings to the store at once; what can't even be written down keeps nobody else out. */
  private keep(takings: Taking[], taken: Map<Taking, Promise<Taken>>): void {
    const all = this.store.take(takings);
    for (const [place, taking] of takings.entries()) {
      const own = all.then((of) => of[place] as Taken);
      const isAlone = takings.length === 1;
      const again = async (error: Error): Promise<Taken> => {
        if (isAlone || error instanceof StoreUnavailable) throw error;
        return (await this.store.take([taking]))[0] as Taken;
      };
      taken.set(taking, kept(own.catch(again)));
    }
  }

  private async readied({ sendRequest, keepDays }: Asked): Promise<Taking> {
    const { validated, gateway, node } = sendRequest;
    const { sms, at } = validated;
    const ids = await this.userIdsFor(sms);
    // Not before that: the clock may have stepped since the request was checked, and seconds are asked for.
    const now = this.clock.now();
    const taken = await inSteps(numbered(sms, ids, now - at));
    const isTimed = taken.some(({ times }) => times !== undefined);
    const timed = isTimed ? await inSteps(this.scheduled(taken, { gateway, node }, now)) : taken;
    const usedSince = { user_id: now - keepDays * DAY_MS, key: now - DAY_MS };
    return { input: inputOf(sendRequest, now), sms: await this.collected(timed, sendRequest, now), usedSince };
  }

  /** What is to be collected with others waits for them (contract, send sms `collect`). */
  private async collected(
    sms: NewSms[],
    { validated, gateway, node, key }: SendRequest,
    now: number,
  ): Promise<NewSms[]> {
    const { collect } = validated;
    if (!collect || key !== undefined) return sms;
    const { windows, getCountry } = this.options;
    const country = getCountry(gateway);
    const about = { for: collect.for, at: now, ...(collect.mayBeUnicode && { mayBeUnicode: true as const }) };
    const groups = await inSteps(mapped(sms, (one) => groupOf(one, { gateway, node, country })));
    await kept(windows.learn(gateway, groups, now));
    return inSteps(
      mapped(sms, (one, place) => (one.turn ? one : windows.admit(one, { group: groups[place] ?? '', ...about }))),
    );
  }

  private *scheduled(sms: readonly NewSms[], of: { gateway: string; node: string }, now: number): Steps<NewSms[]> {
    return yield* mapped(sms, (one) => {
      const times = one.times && { ...one.times, taken_at: now };
      return this.options.schedule.atTaking(times ? Object.assign({}, one, { times }) : one, of, now);
    });
  }

  private async userIdsFor(sms: ValidatedRequest['sms']): Promise<number[]> {
    return kept(this.userIds.next(sms.reduce((count, { user_id }) => count + Number(user_id === undefined), 0)));
  }
}

/** SMS as they are stored: those without a `user_id` get the next of `ids`, and none expires, or has its turn, by what has passed meanwhile. */
function* numbered(sms: ValidatedRequest['sms'], ids: readonly number[], late: number): Steps<NewSms[]> {
  let next = 0;
  return yield* mapped(sms, (one) => {
    // Not spread: after a few kinds of SMS V8 gives each such object a shape of its own.
    const taken = Object.assign({}, one, {
      user_id: one.user_id ?? (ids[next++] as number),
      expires_at: one.expires_at === 0 ? 0 : one.expires_at + late,
    });
    if (one.poll_at !== undefined) taken.poll_at = one.poll_at + late;
    return taken;
  });
}

/** What is collected together: SMS of one node to one recipient, that would leave by the same ports and at the same urgency. */
function groupOf(
  { number, priority, request_status_report, ports }: NewSms,
  { gateway, node, country }: { gateway: string; node: string; country: string | undefined },
): string {
  const manner = [priority, ports?.join(',') ?? 'all', request_status_report ? 1 : 0];
  return [gateway, node, identityOf(number, country), ...manner].join(' ');
}

function kept<T>(keeping: Promise<T>): Promise<T> {
  return keeping.catch((error: Error) => {
    throw new GatewayError('STORE_UNAVAILABLE', `The message could not be kept: ${error.message}`, 'no');
  });
}

const inputOf = (
  { id, validated, gateway, node, onTimeout, outcome, key, job, machine, msg }: SendRequest,
  now: number,
): InputRecord => ({
  id,
  gateway,
  node,
  taken_at: now,
  until: validated.until,
  wait_until: validated.wait === 0 ? 0 : Math.max(now, validated.last) + Math.ceil(validated.wait * 1000),
  on_timeout: onTimeout,
  duplicates: validated.duplicates,
  ...(outcome === 'summary' && { summary: true }),
  ...(validated.text !== validated.sms[0]?.text && { text: validated.text }),
  ...(key !== undefined && { key }),
  ...(job !== undefined && { job }),
  ...(machine !== undefined && { machine }),
  msg,
});
