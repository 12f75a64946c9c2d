import should from 'should';
import { type DeliveryStatus, GatewayError, type SmsResult } from '../../../../../lib/gateway-api';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import { PushActivity } from '../../../../../lib/messaging/sms/evidence/PushActivity';
import { Ledger } from '../../../../../lib/messaging/sms/ledger/Ledger';
import { Tracker, type TrackerOptions } from '../../../../../lib/messaging/sms/tracker/Tracker';
import { MemoryStore, type StoredSms } from '../../../../../lib/store';
import { FakeClock } from '../../../../support/FakeClock';
import { take } from '../../../store/conformance/given';

const SECOND = 1000;
const failure = (code: GatewayError['code']): GatewayError => new GatewayError(code, 'no', 'unknown');

describe('asking what became of accepted SMS', () => {
  let store: MemoryStore;
  let clock: FakeClock;
  let ledger: Ledger;
  let evidence: Evidence;
  let pushes: PushActivity;
  let tracker: Tracker;
  let country: string | undefined;
  let ending: AbortController;
  /** What the gateway answers. */
  let told: { result?: SmsResult[]; unreadable?: SmsResult[] } | Error;
  let reports: DeliveryStatus[] | Error;
  /** What it was asked, and what was made of its answers. */
  let asked: unknown[];
  let given: unknown[];
  /** What the records of its answers bring about. */
  let onResults: () => Promise<unknown>;

  beforeEach(async () => {
    store = new MemoryStore({ random: () => 0 });
    await store.open();
    clock = new FakeClock();
    ledger = new Ledger({ store, clock, onChange: async () => undefined });
    [evidence, pushes, ending] = [new Evidence(), new PushActivity(clock), new AbortController()];
    [country, told, reports, asked, given] = ['DE', {}, [], [], []];
    onResults = async () => undefined;
    const { signal } = ending;
    const api = {
      querySmsResult: async (filter: unknown, options: { signal: AbortSignal }) => {
        asked.push(['results', filter, options.signal === signal]);
        if (told instanceof Error) throw told;
        return { error_code: 200, result: [], ...told };
      },
      querySmsDeliverStatus: async (filter: unknown, options: { signal: AbortSignal }) => {
        asked.push(['reports', filter, options.signal === signal]);
        if (reports instanceof Error) throw reports;
        return { error_code: 200, result: reports };
      },
    };
    tracker = new Tracker({
      ...{ store, clock, ledger, evidence, pushes, signal, members: new Set(['g1']) },
      home: {
        get country() {
          return country;
        },
      },
      requests: {
        run: async (how: { kind: string; signal: AbortSignal }, act: (to: typeof api) => unknown) => {
          should(how).eql({ kind: 'result', signal });
          return act(api);
        },
      },
      correlator: {
        results: async (...all: unknown[]) => {
          given.push(['results', ...all]);
          await onResults();
          return all[0];
        },
        reports: async (...all: unknown[]) => void given.push(['reports', ...all]),
      },
      clocks: { sawReports: (...all: unknown[]) => void given.push(['clocks', ...all]) },
    } as unknown as TrackerOptions);
  });

  let inputs = 0;
  const accepted = async (...numbers: string[]): Promise<StoredSms[]> => {
    const sms = await take(
      store,
      `i${++inputs}`,
      numbers.map((number) => ({ number })),
    );
    const begun = await store.begin({ gateway: 'g1', at: clock.now(), sms: sms.map(({ id }) => id) });
    return ledger.apply(begun, { kind: 'accepted', task_id: inputs });
  };
  const sent = async (...numbers: string[]): Promise<StoredSms[]> => {
    const all: StoredSms[] = [];
    for (const sms of await accepted(...numbers)) {
      const result = { number: sms.number, status: 'SENT_OK', port: 1, ref_id: sms.id % 256 };
      all.push(...(await ledger.apply([sms], { kind: 'result', result, by: 'poll' })));
    }
    return all;
  };
  const now = async ([sms]: StoredSms[]): Promise<StoredSms> => {
    const [found] = await store.sms([sms?.id ?? -1]);
    if (found === undefined) throw new Error('no such SMS');
    return found;
  };
  const record = (fields: Partial<SmsResult> = {}): SmsResult => ({
    number: '7',
    user_id: 5,
    status: 'SENT_OK',
    ...fields,
  });

  it('asks nothing while nothing is due', async () => {
    await accepted('71');
    await clock.advance(999);
    await tracker.poll();
    should(asked).be.empty();
    await clock.advance(1);
    await tracker.poll();
    should(asked).have.length(1);
  });

  it('asks by user_id, and tells the answer’s records as polled, those that can’t be read only where they say whose they are', async () => {
    const sms = await accepted('71');
    await clock.advance(3 * SECOND);
    const named = record({ number: '', status: '' });
    told = { result: [record()], unreadable: [named, record({ user_id: undefined })] };
    await tracker.poll();
    should(asked).eql([['results', { user_id: sms.map(({ user_id }) => user_id) }, true]]);
    should(given).eql([['results', [record(), named], 'poll']]);
    should(evidence.newest).eql({ user_id: 5, number: '7' });
  });

  it('asks for reports of what is on air only, and notes first that somebody looked', async () => {
    await accepted('72');
    await sent('01701234567');
    await clock.advance(5 * SECOND);
    const report = { number: '01701234567', port: 1, ref_id: 1, status_code: 0 };
    reports = [report];
    await tracker.poll();
    const number = ['01701234567', '+491701234567', '00491701234567', '491701234567'];
    should(asked.slice(1)).have.length(1);
    const [, filter, isSignalled] = asked[1] as [string, { number: string[] }, boolean];
    should([filter.number[0], isSignalled]).eql(['01701234567', true]);
    should(number).containEql(filter.number[1]);
    should(given.slice(1)).eql([
      ['clocks', filter.number, [report], clock.now()],
      ['reports', [report], 'poll'],
    ]);
  });

  it('asks for no reports where nothing is on air', async () => {
    await accepted('71');
    await clock.advance(3 * SECOND);
    await tracker.poll();
    should(asked).have.length(1);
  });

  it('asks for 32 numbers at most, and for each as we wrote it rather than for another writing', async () => {
    const numbers = Array.from({ length: 20 }, (_, place) => `+4917012345${10 + place}`);
    await sent(...numbers);
    await clock.advance(5 * SECOND);
    await tracker.poll();
    const [, filter] = asked[1] as [string, { number: string[] }];
    should(filter.number).have.length(32);
    should(filter.number.slice(0, 20).sort()).eql(numbers);
    should(new Set(filter.number).size).equal(32);
  });

  it('plans the next question whatever the answer: none, an error of the gateway, one of ours', async () => {
    for (const error of [failure('UNREACHABLE'), failure('BAD_REPLY'), new TypeError('ours')]) {
      const sms = await accepted('71');
      await clock.advance(3 * SECOND);
      told = error;
      if (error instanceof GatewayError) await tracker.poll();
      else await should(tracker.poll()).be.rejectedWith(TypeError);
      should(await now(sms)).match({ polls: 1, poll_at: clock.now() + 3 * SECOND });
      await ledger.apply(sms, { kind: 'stopped' });
    }
  });

  it('plans nothing more once the line is closed', async () => {
    const sms = await accepted('71');
    await clock.advance(3 * SECOND);
    ending.abort();
    await tracker.poll();
    should((await now(sms)).polls).equal(0);
  });

  it('plans those asked for early as if they had not been', async () => {
    const early = await accepted('71');
    await clock.advance(2 * SECOND);
    await tracker.poll();
    should(await now(early)).match({ polls: 1, poll_at: clock.now() + 4 * SECOND });
  });

  it('goes on with the results where the firmware has no question for reports', async () => {
    const sms = await sent('71');
    await clock.advance(5 * SECOND);
    reports = failure('BAD_REPLY');
    await tracker.poll();
    should((await now(sms)).polls).equal(1);
  });

  describe('a gateway that answers the question with none', () => {
    const askFor = async (sms: StoredSms[], errors: Error[]): Promise<string> => {
      for (const error of errors) {
        told = error;
        await store.change([{ id: sms[0]?.id ?? -1, poll_at: clock.now(), polls: 8 }]);
        await tracker.poll().catch(() => undefined);
      }
      return (await now(sms)).status;
    };
    const [none, missing, away] = [failure('BAD_REPLY'), failure('NOT_FOUND'), failure('UNREACHABLE')];

    it('leaves the SMS UNKNOWN the fifth time in a row', async () => {
      const sms = await accepted('71');
      should(await askFor(sms, [none, missing, none, none])).equal('ACCEPTED');
      should(await askFor(sms, [none])).equal('UNKNOWN');
    });

    it('is counted from anew after an answer', async () => {
      const sms = await accepted('71');
      await askFor(sms, [none, none, none, none]);
      told = {};
      await store.change([{ id: sms[0]?.id ?? -1, poll_at: clock.now() }]);
      await tracker.poll();
      should(await askFor(sms, [none, none, none, none])).equal('ACCEPTED');
    });

    it('is no gateway that is away, nor a fault of ours', async () => {
      const sms = await accepted('71');
      should(
        await askFor(
          sms,
          Array.from({ length: 9 }, () => away),
        ),
      ).equal('ACCEPTED');
      should(
        await askFor(
          sms,
          Array.from({ length: 9 }, () => new TypeError('ours')),
        ),
      ).equal('ACCEPTED');
    });
  });

  describe('while pushes arrive', () => {
    const askedAndFound = async (brings: () => Promise<unknown>): Promise<void> => {
      onResults = brings;
      await clock.advance(60 * SECOND);
      await tracker.poll();
    };

    it('they are doubted when the question finds three SMS out of the gateway that none told of', async () => {
      pushes.note();
      for (const isLast of [false, false, true]) {
        const sms = await accepted('71');
        await askedAndFound(() => ledger.apply(sms, { kind: 'stopped' }));
        should(pushes.arrive).equal(!isLast);
      }
    });

    it('they are not doubted by what is still in the gateway, or was out of it before', async () => {
      pushes.note();
      await sent('71', '72');
      await accepted('73', '74');
      for (let look = 0; look < 4; look++) await askedAndFound(async () => []);
      should(pushes.arrive).be.true();
    });

    it('those from the gateway’s own address are noted, whatever they bring; others are not', async () => {
      for (const isCredible of [false, true]) {
        for (const push of ['results', 'reports'] as const) {
          pushes.missed(9);
          given = [];
          if (push === 'results') await tracker.pushedResults([record()], isCredible);
          else await tracker.pushedReports([], isCredible);
          should(given).eql([[push, push === 'results' ? [record()] : [], 'push', isCredible]]);
          should(pushes.arrive).equal(isCredible);
        }
      }
      should(evidence.newest).eql({ user_id: 5, number: '7' });
    });
  });
});
