import should from 'should';
import { GatewayError, type SmsFilter, type SmsResult } from '../../../../../lib/gateway-api';
import { type Api, type KnownRecord, type Probe, probe } from '../../../../../lib/messaging/sms/evidence/probe';
import type { StoredSms } from '../../../../../lib/store';
import { storedSms } from '../../given';

interface Told {
  in_queue?: number | Error;
  /** Its answers, one after the other. */
  answers?: ({ result: SmsResult[]; unreadable?: SmsResult[]; cut?: true } | Error)[];
}

describe('what a gateway knows of some SMS', () => {
  let asked: { what: string; filter?: SmsFilter | undefined; signal: AbortSignal | undefined }[];
  const { signal } = new AbortController();

  const probed = (sms: StoredSms[], told: Told, newest?: KnownRecord): Promise<Probe> => {
    asked = [];
    const answers = [...(told.answers ?? [])];
    const api: Api = {
      querySmsInQueue: async (options) => {
        asked.push({ what: 'queue', signal: options?.signal });
        if (told.in_queue instanceof Error) throw told.in_queue;
        return { error_code: 200, in_queue: told.in_queue ?? 0 };
      },
      querySmsResult: async (filter, options) => {
        asked.push({ what: 'records', filter, signal: options?.signal });
        const answer = answers.shift() ?? { result: [] };
        if (answer instanceof Error) throw answer;
        return { error_code: 200, ...answer };
      },
    };
    return probe(api, sms, newest, signal);
  };
  const sms = (number = '+491701234567'): StoredSms => storedSms({ number });
  const recordOf = ({ number, user_id }: StoredSms, fields: Partial<SmsResult> = {}): SmsResult => ({
    ...{ number, user_id, status: 'SENT_OK' },
    ...fields,
  });
  const failure = (code: GatewayError['code']): GatewayError => new GatewayError(code, 'no', 'unknown');

  it('is asked for in the queue first, then by user_id together with the record known before', async () => {
    const one = sms();
    const found = await probed(
      [one],
      { in_queue: 3, answers: [{ result: [recordOf(one)] }] },
      { user_id: 5, number: '5' },
    );
    should(asked).eql([
      { what: 'queue', signal },
      { what: 'records', filter: { user_id: [one.user_id, 5] }, signal },
    ]);
    should(found).eql({ in_queue: 3, isWhole: true, records: [recordOf(one)], unclear: [], newestGone: true });
  });

  it('is asked for 31 at a time, the record known before each time', async () => {
    const all = Array.from({ length: 62 }, () => sms());
    const last = recordOf(all[61] as StoredSms);
    const { records } = await probed(
      all,
      { answers: [{ result: [] }, { result: [last] }] },
      { user_id: 5, number: '5' },
    );
    const ids = asked.slice(1).map(({ filter }) => filter?.user_id);
    should(ids).eql([0, 31].map((from) => [...all.slice(from, from + 31).map(({ user_id }) => user_id), 5]));
    should(records).eql([last]);
  });

  it('is no record of another number, nor one without a user_id: those leave it open', async () => {
    const [one, other] = [sms(), sms('+4366412345')];
    const strange = recordOf(one, { number: '999' });
    const nameless: SmsResult = { number: '066412345', status: 'SENDING' };
    const others: SmsResult[] = [
      { number: '999', status: 'SENT_OK' },
      { number: one.number, user_id: 7, status: 'SENT_OK' },
    ];
    const result = [strange, nameless, ...others, recordOf(other)];
    const found = await probed([one, other], { answers: [{ result }] });
    should(found.records).eql([recordOf(other)]);
    should(found.unclear).eql([strange, nameless]);
  });

  it('shows also by a record that can’t be read', async () => {
    const one = sms();
    const { records } = await probed([one], { answers: [{ result: [], unreadable: [recordOf(one, { number: '' })] }] });
    should(records).have.length(1);
  });

  it('is known in whole only when none of the answers was cut', async () => {
    const all = Array.from({ length: 40 }, () => sms());
    const isWhole = async (...cuts: boolean[]): Promise<boolean> =>
      (await probed(all, { answers: cuts.map((cut) => ({ result: [], ...(cut && { cut }) })) })).isWhole;
    should(await isWhole(false, false)).be.true();
    should(await isWhole(true, false)).be.false();
    should(await isWhole(false, true)).be.false();
  });

  it('includes whether the record known before is gone, unless the answer was cut or there was none', async () => {
    const newest = { user_id: 5, number: '5' };
    const gone = async (answer: { result: SmsResult[]; cut?: true }, known?: KnownRecord): Promise<boolean> =>
      (await probed([sms()], { answers: [answer] }, known)).newestGone;
    should(await gone({ result: [{ number: '5', user_id: 5, status: 'SENT_OK' }] }, newest)).be.false();
    should(await gone({ result: [{ number: '6', user_id: 6, status: 'SENT_OK' }] }, newest)).be.true();
    should(await gone({ result: [], cut: true }, newest)).be.false();
    should(await gone({ result: [] })).be.false();
  });

  it('is told by either question where the firmware lacks the other', async () => {
    const one = sms();
    should(await probed([one], { in_queue: failure('BAD_REPLY'), answers: [{ result: [recordOf(one)] }] })).match({
      ...{ in_queue: undefined, isWhole: true, records: [recordOf(one)] },
    });
    should(await probed([one], { in_queue: 2, answers: [failure('NOT_FOUND')] }, { user_id: 5, number: '5' })).eql({
      ...{ in_queue: 2, isWhole: false, records: [], unclear: [], newestGone: false },
    });
    await should(probed([one], { in_queue: failure('BAD_REPLY'), answers: [failure('NOT_FOUND')] })).be.rejectedWith({
      code: 'NOT_FOUND',
    });
  });

  it('is not asked for any further when the gateway is away', async () => {
    for (const code of ['UNREACHABLE', 'TIMEOUT', 'AUTH_REFUSED', 'NOT_CONFIGURED', 'STOPPED'] as const) {
      await should(probed([sms()], { in_queue: failure(code) })).be.rejectedWith({ code });
      should(asked).have.length(1);
    }
    await should(probed([sms()], { in_queue: new TypeError('ours') })).be.rejectedWith(TypeError);
  });
});
