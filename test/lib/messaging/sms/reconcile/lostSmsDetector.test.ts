import should from 'should';
import { GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import type { Api } from '../../../../../lib/messaging/sms/evidence/probe';
import { StopsUnderWay } from '../../../../../lib/messaging/sms/evidence/StopsUnderWay';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import {
  LostSmsDetector,
  type LostSmsDetectorOptions,
} from '../../../../../lib/messaging/sms/reconcile/LostSmsDetector';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';
import { apiTelling, type Told } from './apiTelling';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const failure = (code: GatewayError['code']): GatewayError => new GatewayError(code, 'no', 'unknown');

describe('what the gateway took and has lost', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let ledger: Ledger;
  let evidence: Evidence;
  let stops: StopsUnderWay;
  let full: boolean;
  let arrive: boolean;
  let detector: LostSmsDetector;
  /** What the gateway tells. */
  let told: Told;
  /** The user_ids of each question for records. */
  let asked: number[][];
  let given: SmsResult[];

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    ledger = new Ledger({ store, clock, onChange: async () => undefined });
    [evidence, stops, full, arrive] = [new Evidence(), new StopsUnderWay(), false, false];
    [told, asked, given] = [{ in_queue: 0, records: [] }, [], []];
    const api = apiTelling(
      () => told,
      (ids) => asked.push(ids),
    );
    detector = new LostSmsDetector({
      ...{ store, clock, ledger, evidence, stops, members: new Set(['g1']) },
      requests: { run: (_how: unknown, act: (to: Api) => unknown) => act(api) },
      correlator: { results: async (results: SmsResult[]) => void given.push(...results) },
      settings: { unknownPolicy: 'hold', unknownHold: 600 },
      ports: {
        get full() {
          return full;
        },
      },
      pushes: {
        get arrive() {
          return arrive;
        },
      },
      signal: new AbortController().signal,
    } as unknown as LostSmsDetectorOptions);
  });

  let inputs = 0;
  const accepted = async (count = 1): Promise<StoredSms[]> => {
    const numbers = Array.from({ length: count }, (_, place) => ({ number: String(70_000 + place) }));
    const sms = await take(store, `i${++inputs}`, numbers);
    const begun = await store.begin({ gateway: 'g1', at: clock.now(), sms: sms.map(({ id }) => id) });
    return ledger.apply(begun, { kind: 'accepted', task_id: inputs });
  };
  const stagesOf = async (sms: StoredSms[]): Promise<string[]> =>
    (await store.sms(sms.map(({ id }) => id))).map(({ stage }) => stage);
  const lookAfter = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await detector.run();
  };
  const recordOf = ({ number, user_id }: StoredSms): SmsResult => ({ number, user_id, status: 'SENT_OK' });

  it('is lost when neither queue nor records have it twice, four seconds apart; and then nothing else is trusted', async () => {
    const sms = await accepted();
    should(await detector.due()).equal(25 * SECOND);
    await lookAfter(25 * SECOND);
    should(await stagesOf(sms)).eql(['gateway']);
    should(await detector.due()).equal(4 * SECOND);
    should(evidence.interruptions).equal(0);
    await lookAfter(4 * SECOND);
    should(await stagesOf(sms)).eql(['unknown']);
    should(evidence.interruptions).equal(1);
    should(await detector.due()).be.undefined();
  });

  it('is looked for only after four seconds: its record may not show before', async () => {
    await accepted();
    await lookAfter(4 * SECOND - 1);
    should(asked).be.empty();
    await lookAfter(1);
    should(asked).have.length(1);
  });

  it('is looked for again after a round when it is there, and what its record says is told', async () => {
    const [sms] = await accepted();
    if (sms === undefined) throw new Error('nothing accepted');
    told.records = [recordOf(sms)];
    await lookAfter(25 * SECOND);
    should(await detector.due()).equal(25 * SECOND);
    should(given).eql(told.records);
    should(evidence.newest).eql({ user_id: sms.user_id, number: sms.number });
    should(evidence.interruptions).equal(0);
  });

  it('has to be missing twice in a row', async () => {
    const sms = await accepted();
    await lookAfter(25 * SECOND);
    told.records = sms.map(recordOf);
    await lookAfter(4 * SECOND);
    told.records = [];
    await lookAfter(25 * SECOND);
    should(await stagesOf(sms)).eql(['gateway']);
    await lookAfter(4 * SECOND);
    should(await stagesOf(sms)).eql(['unknown']);
  });

  it('is looked for by rounds of eight seconds while others wait for it and no push tells that it is out', async () => {
    for (const [isFull, isPushed, round] of [
      [true, false, 8],
      [true, true, 25],
      [false, false, 25],
    ] as const) {
      [full, arrive] = [isFull, isPushed];
      told.records = [...(told.records as SmsResult[]), ...(await accepted()).map(recordOf)];
      await lookAfter(25 * SECOND);
      should(await detector.due()).equal(round * SECOND);
    }
  });

  it('is not lost by an answer that was cut, nor by none', async () => {
    const sms = await accepted();
    for (const answer of [{ cut: true as const }, { in_queue: failure('BAD_REPLY'), records: failure('NOT_FOUND') }]) {
      told = { in_queue: 0, records: [], ...answer };
      for (let look = 0; look < 3; look++) await lookAfter(25 * SECOND);
    }
    should(await stagesOf(sms)).eql(['gateway']);
    should(evidence.interruptions).equal(0);
    told = { in_queue: new TypeError('ours'), records: [] };
    await should(lookAfter(25 * SECOND)).be.rejectedWith(TypeError);
  });

  it('is not lost while the gateway is asked to drop it', async () => {
    const sms = await accepted(2);
    stops.begin(sms.slice(0, 1));
    for (let look = 0; look < 3; look++) await lookAfter(25 * SECOND);
    should(await stagesOf(sms)).eql(['gateway', 'unknown']);
  });

  it('is at most what is missing beyond the queue, the oldest first, whatever their ids', async () => {
    const [younger, older] = [await take(store, 'x', [{}]), await take(store, 'y', [{}])];
    for (const [one] of [older, younger]) {
      const begun = await store.begin({ gateway: 'g1', at: clock.now(), sms: [one?.id ?? -1] });
      await ledger.apply(begun, { kind: 'accepted', task_id: 1 });
      await clock.advance(10 * SECOND);
    }
    told.in_queue = 1;
    for (let look = 0; look < 3; look++) await lookAfter(25 * SECOND);
    should(await stagesOf([...older, ...younger])).eql(['unknown', 'gateway']);
  });

  it('may lie in a queue of which the gateway doesn’t tell: it is given up half an hour after it was missing first', async () => {
    const sms = await accepted();
    told.in_queue = failure('BAD_REPLY');
    await lookAfter(25 * SECOND);
    should(await detector.due()).equal(25 * SECOND);
    await lookAfter(30 * MINUTE - 1);
    should(await stagesOf(sms)).eql(['gateway']);
    await lookAfter(1);
    should(await stagesOf(sms)).eql(['unknown']);
  });

  it('is looked for among the 31 taken first, and among all when one of those is missing', async () => {
    const sms = await accepted(40);
    told.records = sms.map(recordOf);
    await lookAfter(25 * SECOND);
    should(asked.map((ids) => ids.length)).eql([31]);
    told.records = sms.slice(1).map(recordOf);
    asked = [];
    await lookAfter(25 * SECOND);
    should(asked.map((ids) => ids.length)).eql([31, 31, 9]);
  });

  it('is asked for once where there are fewer than 31, missing or not', async () => {
    await accepted(30);
    await lookAfter(25 * SECOND);
    should(asked.map((ids) => ids.length)).eql([30]);
  });
});
