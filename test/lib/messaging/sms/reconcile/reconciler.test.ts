import should from 'should';
import { GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import { InFlight } from '../../../../../lib/messaging/sms/evidence/InFlight';
import type { Api } from '../../../../../lib/messaging/sms/evidence/probe';
import type { UnknownPolicy } from '../../../../../lib/messaging/sms/ledger/events';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { Reconciler, type ReconcilerOptions } from '../../../../../lib/messaging/sms/reconcile/Reconciler';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';
import { apiTelling, type Told } from './apiTelling';

const SECOND = 1000;
const failure = (code: GatewayError['code']): GatewayError => new GatewayError(code, 'no', 'unknown');

describe('settling what is in doubt', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let ledger: Ledger;
  let evidence: Evidence;
  let inFlight: InFlight;
  let reconciler: Reconciler;
  let unknownPolicy: UnknownPolicy;
  let told: Told;
  /** The user_ids of each question for records. */
  let asked: number[][];
  let given: [SmsResult[], string][];

  /** A process that goes on with the store of the one before. */
  const begin = (): void => {
    [evidence, inFlight] = [new Evidence(), new InFlight()];
    const api = apiTelling(
      () => told,
      (ids) => asked.push(ids),
    );
    reconciler = new Reconciler({
      ...{ store, clock, ledger, evidence, inFlight, members: new Set(['g1']) },
      requests: { run: (_how: unknown, act: (to: Api) => unknown) => act(api) },
      correlator: { results: async (results: SmsResult[], by: string) => void given.push([results, by]) },
      settings: {
        unknownHold: 60,
        get unknownPolicy() {
          return unknownPolicy;
        },
      },
      signal: new AbortController().signal,
    } as unknown as ReconcilerOptions);
  };

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    ledger = new Ledger({ store, clock, onChange: async () => undefined });
    unknownPolicy = 'hold';
    [told, asked, given] = [{ in_queue: 0, records: [] }, [], []];
    begin();
  });

  let inputs = 0;
  /** SMS whose request has left. */
  const submitted = async (count = 1, known: object = {}): Promise<StoredSms[]> => {
    const sms = await take(
      store,
      `i${++inputs}`,
      Array.from({ length: count }, (_, place) => ({ number: `7${place}` })),
    );
    return store.begin({ gateway: 'g1', at: clock.now(), sms: sms.map(({ id }) => id), ...known });
  };
  const doubted = async (count = 1, known: object = {}): Promise<StoredSms[]> =>
    ledger.apply(await submitted(count, known), { kind: 'doubted', error: failure('UNKNOWN_OUTCOME') });
  const stagesOf = async (sms: StoredSms[]): Promise<string[]> =>
    (await store.sms(sms.map(({ id }) => id))).map(({ stage }) => stage);
  /** Looks whenever something is due, for so long. */
  const go = async (ms: number): Promise<void> => {
    const end = clock.monotonic() + ms;
    for (;;) {
      const due = (await reconciler.due()) ?? Number.POSITIVE_INFINITY;
      if (clock.monotonic() + due > end) break;
      await clock.advance(Math.max(0, due));
      await reconciler.run();
    }
    await clock.advance(end - clock.monotonic());
  };
  const recordOf = ({ number, user_id }: StoredSms): SmsResult => ({ number, user_id, status: 'SENDING' });

  it('asks after 300 ms, not before, and for nothing while nothing is in doubt', async () => {
    should(await reconciler.due()).be.undefined();
    await reconciler.run();
    const sms = await doubted();
    should(await reconciler.due()).equal(300);
    await clock.advance(299);
    await reconciler.run();
    should(asked).be.empty();
    await clock.advance(1);
    await reconciler.run();
    should(asked).eql([sms.map(({ user_id }) => user_id)]);
    should(await reconciler.due()).equal(1500);
  });

  it('lets what was never taken wait again, and is done with it', async () => {
    const sms = await doubted();
    await go(10 * SECOND);
    should(await stagesOf(sms)).eql(['waiting']);
    should(await reconciler.due()).be.undefined();
  });

  it('waits as long again as the request had been under way: a copy of it may still come', async () => {
    const sms = await submitted();
    const end = inFlight.begin(sms);
    await clock.advance(12 * SECOND);
    end();
    await go(12 * SECOND);
    should(await stagesOf(sms)).eql(['submitting']);
    await go(4 * SECOND);
    should(await stagesOf(sms)).eql(['waiting']);
  });

  it('takes a whole request for accepted by one of its records, and tells what that says', async () => {
    const sms = await doubted(3);
    told.records = sms.slice(1, 2).map(recordOf);
    await go(SECOND);
    should(await stagesOf(sms)).eql(['gateway', 'gateway', 'gateway']);
    should(given).eql([[told.records, 'reconcile']]);
    should(await reconciler.due()).be.undefined();
  });

  it('looks at that first which is due first', async () => {
    const first = await doubted();
    await clock.advance(100);
    should(await reconciler.due()).equal(300);
    const second = await doubted();
    should(await reconciler.due()).equal(300);
    await clock.advance(100);
    should(await reconciler.due()).equal(200);
    await clock.advance(500);
    await reconciler.run();
    await reconciler.run();
    should(asked.map(([id]) => id)).eql([first, second].map(([sms]) => sms?.user_id));
    for (let look = 0; look < 3; look++) {
      await clock.advance(1500);
      await reconciler.run();
      await reconciler.run();
    }
    should(await stagesOf([...first, ...second])).eql(['waiting', 'waiting']);
  });

  it('leaves alone what is still under way, and looks as soon as that has ended', async () => {
    const sms = await submitted(2);
    const end = inFlight.begin(sms.slice(0, 1));
    should(await reconciler.due()).be.undefined();
    end();
    should(await reconciler.due()).equal(300);
    // Another request has one of them by the time of the look.
    inFlight.begin(sms.slice(0, 1));
    await clock.advance(300);
    await reconciler.run();
    should(asked).eql([[sms[1]?.user_id]]);
  });

  it('leaves alone what has moved on by the time of the look', async () => {
    const sms = await doubted(2);
    should(await reconciler.due()).equal(300);
    await ledger.apply(sms.slice(0, 1), { kind: 'found' });
    await clock.advance(300);
    await reconciler.run();
    should(asked).eql([[sms[1]?.user_id]]);
    await ledger.apply(sms.slice(1), { kind: 'found' });
    await clock.advance(1500);
    await reconciler.run();
    should(asked).have.length(1);
    should(await reconciler.due()).be.undefined();
    should(await stagesOf(sms)).eql(['gateway', 'gateway']);
  });

  it('ends by the policy after the time that is set, not before', async () => {
    told.in_queue = 1;
    const sms = await doubted();
    should(await reconciler.due()).equal(300);
    await clock.advance(60 * SECOND - 1);
    await reconciler.run();
    should(await stagesOf(sms)).eql(['doubt']);
    await go(2 * SECOND);
    should(await stagesOf(sms)).eql(['unknown']);
    should(await reconciler.due()).be.undefined();
  });

  for (const code of ['UNREACHABLE', 'TIMEOUT'] as const) {
    it(`never sends again by evidence after ${code}: the gateway may have started anew`, async () => {
      const sms = await doubted();
      told.in_queue = failure(code);
      await go(SECOND);
      should(evidence.interruptions).equal(1);
      told.in_queue = 0;
      await go(50 * SECOND);
      should(await stagesOf(sms)).eql(['doubt']);
      await go(20 * SECOND);
      should(await stagesOf(sms)).eql(['unknown']);
    });
  }

  it('goes on after an answer that is none, a little later each time', async () => {
    const sms = await doubted();
    told = { in_queue: failure('BAD_REPLY'), records: failure('BAD_REPLY') };
    should(await reconciler.due()).equal(300);
    await clock.advance(300);
    await reconciler.run();
    should(await reconciler.due()).equal(1500);
    should(evidence.interruptions).equal(0);
    told = { in_queue: 0, records: [] };
    await go(10 * SECOND);
    should(await stagesOf(sms)).eql(['waiting']);
  });

  it('fails by what is no answer of the gateway', async () => {
    await doubted();
    told.in_queue = new TypeError('ours');
    await reconciler.due();
    await clock.advance(300);
    await should(reconciler.run()).be.rejectedWith(TypeError);
  });

  describe('by task_ids', () => {
    const taken = (task_id: number): void =>
      evidence.accepted(task_id, { at: clock.monotonic(), task_id: evidence.task_id });

    it('looks at once when none is missing, and sends again though something waits in the gateway', async () => {
      told.in_queue = 1;
      taken(7);
      const sms = await doubted(1, { task_id: 7 });
      await go(5 * SECOND);
      taken(8);
      should(await reconciler.due()).equal(0);
      await reconciler.run();
      should(await stagesOf(sms)).eql(['waiting']);
    });

    it('goes on waiting when one is missing, or none was known before', async () => {
      told.in_queue = 1;
      taken(7);
      const sms = [...(await doubted(1, { task_id: 7 })), ...(await doubted())];
      await go(5 * SECOND);
      taken(9);
      await go(20 * SECOND);
      should(await stagesOf(sms)).eql(['doubt', 'doubt']);
    });
  });

  describe('after a restart', () => {
    it('never sends again by evidence what a former process left, where it knew no record', async () => {
      const sms = await submitted();
      begin();
      await reconciler.inherit('g1');
      await go(50 * SECOND);
      should(await stagesOf(sms)).eql(['submitting']);
      await go(20 * SECOND);
      should(await stagesOf(sms)).eql(['unknown']);
    });

    it('sends again what a former process left, where the record that was known before is still there, once no copy can come any more', async () => {
      const sms = await submitted(1, { newest: { user_id: 5, number: '5' } });
      told.records = [{ number: '5', user_id: 5, status: 'SENT_OK' }];
      await clock.advance(10 * SECOND);
      begin();
      await reconciler.inherit('g1');
      await go(19 * SECOND);
      should(await stagesOf(sms)).eql(['submitting']);
      await go(6 * SECOND);
      should(await stagesOf(sms)).eql(['waiting']);
    });

    it('holds nothing against what this process has submitted itself, nor what another config node left', async () => {
      const sms = await submitted();
      begin();
      const end = inFlight.begin(sms);
      await reconciler.inherit('g1');
      await reconciler.inherit('g2');
      end();
      await go(10 * SECOND);
      should(await stagesOf(sms)).eql(['waiting']);
    });
  });
});
