import should from 'should';
import { type Cdr, type CdrQuery, GatewayError } from '../../../../../lib/gateway-api';
import { Pushes } from '../../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../../lib/messaging/requestQueue/RequestQueue';
import { CallRecords } from '../../../../../lib/messaging/watching/cdr/CallRecords';
import { MemoryStore, StoreUnavailable } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';

const MINUTE = 60_000;
const call = (start_date: string, more: object = {}): Cdr => ({ port: 0, start_date, answered: false, ...more });
const [FIRST, SECOND, THIRD] = ['2026-07-12 12:00:01', '2026-07-12 12:00:02', '2026-07-12 12:00:03'] as const;

/** A store that can be away. */
class Shelf extends MemoryStore {
  away = false;
  writes = 0;

  override async notes(keys: string[]): Promise<Map<string, string>> {
    if (this.away) throw new StoreUnavailable('away');
    return super.notes(keys);
  }

  override async putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    if (this.away) throw new StoreUnavailable('away');
    this.writes += 1;
    await super.putNotes(notes);
  }
}

async function start(store = new Shelf({ random: Math.random })) {
  const clock = new FakeClock();
  const list: Cdr[] = [call(FIRST)];
  const asked: CdrQuery[] = [];
  const gateway = { takes: 0, failure: undefined as Error | undefined, sn: undefined as string | undefined };
  const api = {
    get sn() {
      return gateway.sn;
    },
    async getCdr(query: CdrQuery) {
      asked.push(query);
      if (gateway.takes > 0) await new Promise<void>((resolve) => clock.after(gateway.takes, resolve));
      if (gateway.failure) throw gateway.failure;
      return { error_code: 200, cdr: [...list] };
    },
  };
  const pushes = new Pushes();
  const records = new CallRecords({ requests: new RequestQueue({ api, clock, concurrency: 1 }), clock, pushes, store });
  const emitted: string[] = [];
  const met: string[] = [];
  const handing = { on: Promise.resolve() };
  const watch = (key = 'node/') =>
    records.watch({
      key,
      interval: MINUTE,
      flows: { untilReady: () => Promise.resolve() },
      onNew: async (fresh) => {
        emitted.push(...fresh.map(({ start_date = '' }) => start_date));
        await handing.on;
      },
      onRecovery: () => met.push('over'),
      onFailure: (error) => met.push(error instanceof GatewayError ? error.code : (error as Error).name),
    });
  await store.open();
  return { clock, list, asked, gateway, pushes, emitted, met, watch, store, handing };
}

describe('a watch for new call records', () => {
  it('emits a push that comes before it knows what is old, and none of what is', async () => {
    const { clock, list, gateway, pushes, emitted, watch } = await start();
    gateway.takes = 5000;
    watch();
    await clock.advance(1000);
    await pushes.tell({ cdr: [call(SECOND)] });
    list.push(call(SECOND));
    await clock.advance(3 * MINUTE);
    should(emitted).eql([SECOND]);
  });

  it('takes the first list for old again when there was none: an outage at the start makes nothing new', async () => {
    const { clock, list, gateway, emitted, met, watch } = await start();
    gateway.failure = new GatewayError('UNREACHABLE', 'away', 'no');
    watch();
    await clock.advance(MINUTE);
    gateway.failure = undefined;
    await clock.advance(MINUTE);
    list.push(call(SECOND));
    await clock.advance(MINUTE);
    should(emitted).eql([SECOND]);
    should(met.slice(0, 2)).eql(['UNREACHABLE', 'UNREACHABLE']);
    should(met.at(-1)).equal('over');
  });

  it('refuses a push while it can’t be kept, and doesn’t emit it twice when it comes again', async () => {
    const { clock, pushes, emitted, watch, store } = await start();
    watch();
    await clock.advance(100);
    store.away = true;
    await should(pushes.tell({ cdr: [call(SECOND)] })).be.rejectedWith(StoreUnavailable);
    await should(pushes.tell({ cdr: [call(SECOND)] })).be.rejectedWith(StoreUnavailable);
    store.away = false;
    await pushes.tell({ cdr: [call(SECOND)] });
    should(emitted).eql([SECOND]);
  });

  it('says when what it has seen can’t be read or written, and goes on when it can', async () => {
    const { clock, list, emitted, met, watch, store } = await start();
    store.away = true;
    watch();
    await clock.advance(100);
    should(met).eql(['StoreUnavailable']);
    store.away = false;
    await clock.advance(MINUTE);
    store.away = true;
    list.push(call(SECOND));
    await clock.advance(MINUTE);
    should(met).eql(['StoreUnavailable', 'over', 'StoreUnavailable']);
    store.away = false;
    await clock.advance(MINUTE);
    should(emitted).eql([SECOND]);
    should(met.at(-1)).equal('over');
  });

  it('is taken over by the next one of its name only when it has written what it has emitted', async () => {
    const { clock, list, emitted, watch, handing } = await start();
    const end = watch();
    await clock.advance(100);
    list.push(call(SECOND));
    let handedOn = (): void => undefined;
    handing.on = new Promise((resolve) => {
      handedOn = resolve;
    });
    await clock.advance(MINUTE);
    should(emitted).eql([SECOND]);
    const ended = end();
    watch();
    await clock.advance(MINUTE);
    handedOn();
    await ended;
    list.push(call(THIRD));
    await clock.advance(MINUTE);
    should(emitted).eql([SECOND, THIRD]);
  });

  it('keeps apart what each node has seen', async () => {
    const { clock, list, emitted, watch } = await start();
    watch('one/');
    await clock.advance(100);
    list.push(call(SECOND));
    watch('other/');
    await clock.advance(2 * MINUTE);
    should(emitted).eql([SECOND]);
  });

  it('takes what another gateway of the same name lists for old, by its serial number', async () => {
    const { clock, list, gateway, emitted, watch } = await start();
    gateway.sn = 'a';
    const end = watch();
    await clock.advance(MINUTE);
    await end();
    gateway.sn = 'b';
    list.splice(0, 1, call(THIRD));
    watch();
    await clock.advance(MINUTE);
    list.push(call(SECOND));
    await clock.advance(MINUTE);
    should(emitted).eql([SECOND]);
  });

  it('writes nothing while nothing is new', async () => {
    const { clock, watch, store } = await start();
    watch();
    await clock.advance(MINUTE);
    const { writes } = store;
    await clock.advance(100 * MINUTE);
    should(store.writes).equal(writes);
  });

  it('reads everything for a twentieth of the time at most, and in between from a day before the last discovery', async () => {
    const { clock, asked, gateway, watch } = await start();
    gateway.takes = 10_000;
    watch();
    await clock.advance(60 * MINUTE);
    const whole = asked.filter(({ time_after }) => time_after === undefined);
    should(whole.length).be.within(5, 10);
    should(asked).containEql({ time_after: '2026-07-11 12:00:01' });
  });

  it('ends with its node, whatever it is doing', async () => {
    const { clock, gateway, emitted, met, pushes, watch, list } = await start();
    const end = watch();
    await clock.advance(100);
    gateway.takes = 5000;
    list.push(call(SECOND));
    await clock.advance(MINUTE);
    const before = met.length;
    await end();
    await clock.advance(10 * MINUTE);
    await pushes.tell({ cdr: [call(THIRD)] });
    should(emitted).be.empty();
    should(met).have.length(before);
    should(clock.running).equal(0);
  });
});
