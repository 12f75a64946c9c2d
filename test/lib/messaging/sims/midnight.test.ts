import should from 'should';
import { GatewayError, type SendSmsRequest, type SmsFilter, type SmsResult } from '../../../../lib/gateway-api';
import { readPlans } from '../../../../lib/plans';
import { MemoryStore } from '../../../../lib/store';
import { startScripted } from '../../../support/core';
import { START } from '../../../support/FakeClock';
import { PortsApi } from './PortsApi';

const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MIDNIGHT = Math.ceil(START / DAY) * DAY;
const PLAN = { limits: [{ count: 'sms', per: 'day', max: 3 }], reserve: 0, sticky: 'off' };

type Scripted = Awaited<ReturnType<typeof startScripted>>;

/** A gateway with one port whose network may be away: what it has then lies there, and its records tell when it began with each. */
class NightApi extends PortsApi {
  override count = 1;
  /** Whether SMS go on air when they come. */
  isOnAir = true;
  /** How long one is on air, after the time that its record tells. */
  secondsOnAir = 0;
  /** Before that it says of all that they are being sent. */
  tellsFrom = 0;
  /** Before that it answers no question. */
  awayUntil = 0;
  now: () => number = () => 0;
  /** When the gateway began with each number. */
  readonly begun = new Map<string, number>();

  override async sendSms(request: SendSmsRequest) {
    const reply = await super.sendSms(request);
    if (this.isOnAir) this.begin(request.param.map(({ number }) => number));
    return reply;
  }

  begin(numbers: readonly string[]): void {
    for (const number of numbers) this.begun.set(number, this.now());
  }

  /** What the network counts of a day. */
  onAirBetween(from: number, to: number): number {
    const times = [...this.begun.values()].map((at) => at + this.secondsOnAir * SECOND);
    return times.filter((at) => at >= from && at < to && at <= this.now()).length;
  }

  override async querySmsInQueue() {
    this.checkThere();
    return { error_code: 200, in_queue: this.sent.flatMap(({ param }) => param).length - this.begun.size };
  }

  private checkThere(): void {
    if (this.now() < this.awayUntil) throw new GatewayError('UNREACHABLE', 'down', 'no');
  }

  override async querySmsResult(filter: SmsFilter) {
    this.checkThere();
    const wanted = new Set(filter.user_id ?? []);
    const result = this.sent.flatMap(({ param }) =>
      param.flatMap(({ number, user_id = -1 }): SmsResult[] => {
        if (!wanted.has(user_id)) return [];
        const begun = this.begun.get(number) ?? Number.POSITIVE_INFINITY;
        const isOver = begun + this.secondsOnAir * SECOND <= this.now() && this.tellsFrom <= this.now();
        const at = new Date(Math.min(begun, this.now()));
        const time = { time: at.toISOString().slice(0, 19).replace('T', ' '), time_iso: at.toISOString() };
        const record = { port: 0, user_id, number, count: 1, succ_count: isOver ? 1 : 0, ...time };
        return [{ ...record, status: isOver ? 'SENT_OK' : 'SENDING' } as SmsResult];
      }),
    );
    return { error_code: 200, result };
  }
}

describe('SMS that lie in the gateway over a reset', () => {
  let core: Scripted;
  let api: NightApi;
  beforeEach(async () => {
    api = new NightApi();
    core = await startScripted({ settings: { queueLimit: 3, plans: readPlans([PLAN], 'UTC') }, api });
    api.now = () => core.clock.now();
    // So that it is known how the gateway's clock stands to ours.
    await core.take({ to: '7700', validity: 0 });
    await core.clock.advance(2 * MINUTE);
  });
  afterEach(() => core.close());

  const until = (moment: number): Promise<void> => core.clock.advance(moment - core.clock.now());
  const take = (...to: string[]): Promise<string> => core.take({ to, validity: 0 });
  const left = (): number => api.sent.flatMap(({ param }) => param).length;
  const onNextDay = (): number => api.onAirBetween(MIDNIGHT, MIDNIGHT + DAY);

  it('count for the new day as long as they lie there, however long, and the operator never sees more than was bought', async () => {
    api.isOnAir = false;
    await until(MIDNIGHT - MINUTE);
    await take('7701', '7702');
    await until(MIDNIGHT + 5 * HOUR);
    await take('7703', '7704', '7705');
    await core.clock.advance(10 * MINUTE);
    should(left()).equal(4);
    api.isOnAir = true;
    api.begin(['7701', '7702', '7703']);
    await core.clock.advance(10 * MINUTE);
    should(left()).equal(4);
    should(onNextDay()).equal(3);
  });

  it('leave their room to those that were held for them when they turn out to have been sent the day before', async () => {
    await until(MIDNIGHT - 90 * SECOND);
    api.tellsFrom = MIDNIGHT + MINUTE;
    await take('7701', '7702');
    await until(MIDNIGHT + SECOND);
    await take('7703', '7704', '7705', '7706');
    await core.clock.advance(10 * SECOND);
    should(left()).equal(4);
    await core.clock.advance(5 * MINUTE);
    should(left()).equal(6);
    should(core.updates.all.filter(({ held }) => held)).not.be.empty();
  });

  for (const seconds of [59, 10, 2, 1, 0]) {
    it(`count for both days where the gateway began ${seconds} s before midnight and was done after it`, async () => {
      api.secondsOnAir = seconds + 1;
      await until(MIDNIGHT - seconds * SECOND - SECOND / 2);
      await take('7701', '7702');
      await until(MIDNIGHT + 3 * MINUTE);
      await take('7703', '7704', '7705');
      await until(MIDNIGHT + HOUR);
      should(onNextDay()).equal(3);
    });
  }

  it('count for the day on which they were sent though only another process finds out, on the next, that the gateway took them', async () => {
    const store = new MemoryStore({ random: Math.random });
    const settings = { queueLimit: 3, plans: readPlans([PLAN], 'UTC') };
    const first = await startScripted({ settings, api, store, clock: core.clock });
    await until(MIDNIGHT - 2 * MINUTE);
    api.awayUntil = MIDNIGHT + 10 * SECOND;
    api.failures = [new GatewayError('TIMEOUT', 'no answer', 'unknown')];
    await first.take({ to: ['7711', '7712'], validity: 0 });
    await core.clock.advance(SECOND);
    api.begin(['7711', '7712']);
    await first.close();
    await until(MIDNIGHT + 20 * SECOND);
    const second = await startScripted({ settings, api, store, clock: core.clock });
    await second.take({ to: ['7713', '7714', '7715'], validity: 0 });
    await core.clock.advance(2 * MINUTE);
    should(left()).equal(6);
    should(onNextDay()).equal(3);
    await second.close();
  });

  it('count for both days where it is never known when they were sent', async () => {
    api.isOnAir = false;
    await until(MIDNIGHT - MINUTE);
    await take('7701', '7702');
    // The gateway has restarted: it knows nothing of them any more.
    await until(MIDNIGHT + 10 * SECOND);
    api.sent.length = 0;
    await until(MIDNIGHT + HOUR);
    api.isOnAir = true;
    await take('7703', '7704', '7705');
    await core.clock.advance(10 * MINUTE);
    should(left()).equal(1);
  });

  it('count where they belong though the process was started anew before it knew its cards', async () => {
    const store = new MemoryStore({ random: Math.random });
    const settings = { queueLimit: 3, plans: readPlans([PLAN], 'UTC') };
    const first = await startScripted({ settings, api, store, clock: core.clock });
    api.isOnAir = false;
    await until(MIDNIGHT - 30 * SECOND);
    await first.take({ to: ['7711', '7712'], validity: 0 });
    await until(MIDNIGHT + 10 * SECOND);
    await first.close();
    api.begin(['7711', '7712']);
    api.isOnAir = true;
    await core.clock.advance(20 * SECOND);
    let asked = 0;
    api.portAnswer = async () => {
      asked += 1;
      if (asked < 3) throw new Error('not yet');
    };
    const second = await startScripted({ settings, api, store, clock: core.clock });
    await core.clock.advance(MINUTE);
    await second.take({ to: ['7713', '7714', '7715'], validity: 0 });
    await core.clock.advance(HOUR);
    should(onNextDay()).equal(3);
    await second.close();
  });
});
