import should from 'should';
import type { DeliveryStatus, SmsResult } from '../../../../../lib/gateway-api';
import { Correlator } from '../../../../../lib/messaging/sms/correlation/Correlator';
import { InFlight } from '../../../../../lib/messaging/sms/evidence/InFlight';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { WITH_REFERENCE } from '../../../../../lib/messaging/sms/ledger/stages';
import { tailOf } from '../../../../../lib/numbers/agreement';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock, START } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';

const NUMBER = '+491701234567';
const result = (fields: Partial<SmsResult> = {}): SmsResult => ({ number: NUMBER, status: 'SENDING', ...fields });

describe('whose news it is', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let inFlight: InFlight;
  let correlator: Correlator;
  /** What the gateway's clocks were told, with the SMS. */
  let seen: unknown[][];
  /** Whether the clocks let a polled report be an SMS's. */
  let mayBe: boolean;
  let mayBeAsked: () => boolean;
  /** What the store was asked, one after the other. */
  let asked: unknown[];
  /** What its ledger asked of it. */
  let kept: [name: string, ...unknown[]][];

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    inFlight = new InFlight();
    seen = [];
    mayBe = true;
    mayBeAsked = () => mayBe;
    asked = [];
    const watched = (calls: () => unknown[]): MemoryStore =>
      new Proxy(store, {
        get(target, name: keyof MemoryStore) {
          const method: unknown = target[name];
          if (typeof method !== 'function') return method;
          return (...args: unknown[]): unknown => {
            calls().push([name, args.at(-1)]);
            return method.apply(target, args);
          };
        },
      });
    kept = [];
    const clocks = {
      sawResult: (...told: unknown[]) => seen.push(['result', ...told]),
      sawReport: (...told: unknown[]) => seen.push(['report', ...told]),
      mayBeOf: () => mayBeAsked(),
    };
    correlator = new Correlator({
      store: watched(() => asked),
      clock,
      members: new Set(['g1']),
      home: { country: 'DE' },
      ledger: new Ledger({ store: watched(() => kept), clock, onChange: async () => undefined }),
      inFlight,
      clocks: clocks as unknown as ConstructorParameters<typeof Correlator>[0]['clocks'],
    });
  });

  const accepted = async (...numbers: string[]): Promise<StoredSms[]> => {
    const sms = await take(
      store,
      'a',
      numbers.map((number) => ({ number })),
    );
    const begun = await store.begin({ gateway: 'g1', at: START, sms: sms.map(({ id }) => id) });
    return new Ledger({ store, clock, onChange: async () => undefined }).apply(begun, { kind: 'accepted', task_id: 1 });
  };
  const now = async (sms: StoredSms | undefined): Promise<StoredSms | undefined> =>
    (await store.sms([sms?.id ?? -1]))[0];
  const sent = async (): Promise<StoredSms | undefined> => {
    const [sms] = await accepted(NUMBER);
    await correlator.results([result({ user_id: sms?.user_id, status: 'SENT_OK', port: 1, ref_id: 7 })], 'poll');
    seen = [];
    asked = [];
    return now(sms);
  };
  const report = (fields: Partial<DeliveryStatus> = {}): DeliveryStatus => ({
    ...{ number: NUMBER, port: 1, ref_id: 7, status_code: 0 },
    ...fields,
  });

  it('ours beyond doubt are only results that name our user_id, and no other number', async () => {
    const [sms] = await accepted(NUMBER);
    const user_id = sms?.user_id;
    const own = result({ user_id });
    const all = [own, result({ user_id, number: '999' }), result({ user_id: 2 ** 30 }), result()];
    should(await correlator.results(all, 'push')).eql([own]);
  });

  it('of results that name their SMS is asked and kept for all at once, and two of one SMS count in their order', async () => {
    const numbers = Array.from({ length: 10 }, (_, at) => `+4917011111${10 + at}`);
    const sms = await accepted(...numbers);
    asked = [];
    const results = sms.map(({ user_id, number }) => result({ user_id, number, status: 'SENT_OK' }));
    const [first] = sms;
    await correlator.results(results, 'push');
    should(kept.map(([name]) => name)).eql(['change']);
    should(asked.map((one) => (Array.isArray(one) ? one[0] : one))).eql(['find']);
    for (const one of sms) should((await now(one))?.status).equal('SENT_OK');
    kept = [];
    const both = ['DELIVERED', 'SENT_OK'].map((status) =>
      result({ user_id: first?.user_id, number: first?.number, status }),
    );
    await correlator.results(both, 'push');
    should(kept.map(([name]) => name)).eql(['change']);
    should((await now(first))?.history.map(({ status }) => status)).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
  });

  it('is read once more only where the SMS changes meanwhile: then by what it is', async () => {
    const [sms] = await accepted(NUMBER);
    const of = (status: string) => [result({ user_id: sms?.user_id, status })];
    kept = [];
    await Promise.all([correlator.results(of('SENT_OK'), 'push'), correlator.results(of('DELIVERED'), 'push')]);
    should(kept.map(([name]) => name)).eql(['change', 'sms', 'change']);
    should((await now(sms))?.history.map(({ status }) => status)).eql(['ACCEPTED', 'SENT_OK', 'DELIVERED']);
  });

  it('of one whose request is still under way holds up none of the others', async () => {
    const [one, other] = await accepted('+491701111111', '+491702222222');
    const end = inFlight.begin(other ? [other] : []);
    const both = [one, other].map((sms) => result({ user_id: sms?.user_id, number: sms?.number, status: 'SENT_OK' }));
    const given = correlator.results(both, 'push');
    await clock.advance(0);
    should((await now(one))?.status).equal('SENT_OK');
    should((await now(other))?.status).equal('ACCEPTED');
    end();
    await given;
    should((await now(other))?.status).equal('SENT_OK');
  });

  it('of reports is asked and kept for all at once, as long as no two of them can be of one SMS', async () => {
    const numbers = Array.from({ length: 10 }, (_, at) => `+4917011111${10 + at}`);
    const sms = await accepted(...numbers);
    const inSlot = (fields: object) => ({ ...fields, port: 1, status: 'SENT_OK' });
    await correlator.results(
      sms.map(({ user_id, number }, at) => result(inSlot({ user_id, number, ref_id: at, count: at === 9 ? 2 : 1 }))),
      'push',
    );
    [kept, asked] = [[], []];
    const others = sms.slice(0, 9);
    await correlator.reports(
      others.map(({ number }, ref_id) => report({ number, ref_id })),
      'push',
    );
    should(kept.map(([name]) => name)).eql(['change']);
    should(asked.map((one) => (Array.isArray(one) ? one[0] : one))).eql(others.map(() => 'find'));
    for (const one of others) should((await now(one))?.status).equal('DELIVERED');
    const [last] = sms.slice(9);
    kept = [];
    // Of its two segments, one without a number: by what they say they could be of two SMS.
    await correlator.reports([report({ number: '', ref_id: 9 }), report({ number: last?.number, ref_id: 10 })], 'push');
    should(kept.map(([name]) => name)).eql(['change', 'change']);
    should((await now(last))?.status).equal('DELIVERED');
  });

  it('of reports the first one’s time tells the clocks before they are asked about the next one’s', async () => {
    const sms = await accepted('+491701111111', '+491702222222');
    const sent = sms.map(({ user_id, number }, ref_id) =>
      result({ user_id, number, port: 1, ref_id, status: 'SENT_OK' }),
    );
    await correlator.results(sent, 'poll');
    mayBeAsked = () => seen.at(-1)?.[0] === 'report' || seen.length === 2;
    await correlator.reports(
      sms.map(({ number }, ref_id) => report({ number, ref_id })),
      'poll',
    );
    for (const one of sms) should((await now(one))?.status).equal('DELIVERED');
  });

  it('of which not all name their SMS is read in the order in which they came', async () => {
    const [sms] = await accepted(NUMBER);
    const named = result({ user_id: sms?.user_id, status: 'SENT_OK', port: 1, ref_id: 7 });
    await correlator.results([result({ port: 1 }), named, result({ status: 'DELIVERED', port: 1, ref_id: 7 })], 'push');
    should((await now(sms))?.history.map(({ status }) => status)).eql(['ACCEPTED', 'SENDING', 'SENT_OK', 'DELIVERED']);
  });

  it('without a user_id a result is believed where nothing else is said, and then the clocks learn of it', async () => {
    const [sms] = await accepted(NUMBER);
    const one = result({ time: '2026-11-28 10:00:00' });
    await correlator.results([one], 'poll');
    should((await now(sms))?.status).equal('SENDING');
    should(seen).eql([['result', sms, one, clock.now()]]);
  });

  it('from anywhere, a result with our user_id counts; one without it only has the gateway asked', async () => {
    const [sms] = await accepted(NUMBER);
    await clock.advance(1);
    await correlator.results([result({ status: 'FAILED' })], 'push', false);
    should(await now(sms)).match({ status: 'ACCEPTED', poll_at: clock.now() });
    await correlator.results([result({ user_id: sms?.user_id })], 'push', false);
    should((await now(sms))?.status).equal('SENDING');
  });

  for (const by of ['push', 'poll'] as const) {
    it(`by ${by}, a report tells the clocks by which way it came`, async () => {
      const sms = await sent();
      await correlator.reports([report()], by);
      should((await now(sms))?.status).equal('DELIVERED');
      should(seen).eql([['report', sms, report(), by, clock.now()]]);
    });
  }

  it('a polled report counts only where the clocks let it be this SMS’s; a pushed one is not held against them', async () => {
    const sms = await sent();
    mayBe = false;
    await correlator.reports([report()], 'poll');
    should((await now(sms))?.status).equal('SENT_OK');
    await correlator.reports([report()], 'push');
    should((await now(sms))?.status).equal('DELIVERED');
  });

  it('a report with its number is found by that alone, one without it by port and reference alone', async () => {
    await sent();
    await correlator.reports([report({ status_code: 32 })], 'push');
    should(asked).eql([['find', { tail: tailOf(NUMBER), stages: WITH_REFERENCE }]]);
    asked = [];
    await correlator.reports([report({ number: '' })], 'push');
    should(asked).eql([['find', { port: 1, ref_id: 7 }]]);
  });

  it('what several SMS may have brought about has the gateway asked for them, but not when it came by asking', async () => {
    const both = await accepted(NUMBER, '01701234567');
    await clock.advance(1);
    const plans = async (): Promise<unknown[]> => (await store.sms(both.map(({ id }) => id))).map((sms) => sms.poll_at);
    const before = await plans();
    await correlator.results([result()], 'poll');
    should(await plans()).eql(before);
    await correlator.results([result()], 'push');
    should(await plans()).eql([clock.now(), clock.now()]);
  });

  describe('when a push overtakes the answer to the request', () => {
    it('it waits for the answer, which alone tells the task, and counts then', async () => {
      const [sms] = await take(store, 'a', [{ number: NUMBER }]);
      const [begun] = await store.begin({ gateway: 'g1', at: START, sms: [sms?.id ?? -1] });
      if (begun === undefined) throw new Error('nothing begun');
      const end = inFlight.begin([begun]);
      const given = correlator.results([result({ user_id: begun.user_id })], 'push');
      await clock.advance(100);
      should((await now(sms))?.stage).equal('submitting');
      await new Ledger({ store, clock, onChange: async () => undefined }).apply([begun], {
        kind: 'accepted',
        task_id: 9,
      });
      end();
      await given;
      should(await now(sms)).match({ status: 'SENDING', task_id: 9 });
      should((await now(sms))?.history.map(({ status }) => status)).eql(['ACCEPTED', 'SENDING']);
    });

    it('it waits no longer than half a second: some gateways answer only after their push', async () => {
      const [sms] = await take(store, 'a', [{ number: NUMBER }]);
      const [begun] = await store.begin({ gateway: 'g1', at: START, sms: [sms?.id ?? -1] });
      inFlight.begin(begun ? [begun] : []);
      const given = correlator.results([result({ user_id: begun?.user_id })], 'push');
      await clock.advance(499);
      should((await now(sms))?.stage).equal('submitting');
      await clock.advance(1);
      await given;
      should((await now(sms))?.status).equal('SENDING');
    });

    it('nothing is read anew where no request is under way', async () => {
      const [sms] = await accepted(NUMBER);
      asked = [];
      await correlator.results([result({ user_id: sms?.user_id })], 'push');
      should(asked).eql([['find', { user_ids: [sms?.user_id] }]]);
    });
  });
});
