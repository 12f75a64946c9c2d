import fc from 'fast-check';
import should from 'should';
import type { SendSmsRequest } from '../../../../../lib/gateway-api';
import { sendSms } from '../../../../../lib/gateway-api/sendSms';
import {
  type Combine,
  companions,
  compose,
  fitting,
  MOST_RECIPIENTS,
} from '../../../../../lib/messaging/sms/sender/compose';
import { expandTemplate } from '../../../../../lib/sms-text';
import { countParams } from '../../../../../lib/sms-text/templates/params';
import { batchKeyOf, MemoryStore, type StoredSms } from '../../../../../lib/store';
import { query, take } from '../../../store/conformance/given';
import { awkwardText, storedSms } from '../../given';

/** What the gateway sends to each recipient of a request, by the manual's rules (2.2). */
const received = ({ text, param }: SendSmsRequest): string[] =>
  param.map(({ text_param }) => (text_param ? expandTemplate(text, text_param) : text));

/** What the flow wants each recipient to get. */
const wanted = (sms: StoredSms): string => (sms.text_param ? expandTemplate(sms.text, sms.text_param) : sms.text);

const bytesOf = (request: SendSmsRequest): number => Buffer.byteLength(JSON.stringify(request));

const number = fc.tuple(fc.constantFrom('', '+', '00'), fc.nat(1e9)).map(([prefix, digits]) => `${prefix}${digits}`);

/** SMS of one batch key whose texts are few, so that equal ones meet; plain ones and templates, whatever they hold. */
const batchOf = (maxLength: number) =>
  fc.uniqueArray(awkwardText, { minLength: 1, maxLength: 3 }).chain((texts) =>
    fc.array(
      fc.tuple(fc.constantFrom(...texts), number, fc.boolean()).chain(([text, to, template]) => {
        const places = countParams(text);
        const params = fc.array(fc.oneof(awkwardText, fc.constant('')), { minLength: places, maxLength: places });
        return params.map((text_param) =>
          storedSms({ text, number: to, ...(template && { text_param }), ports: [0, 3], encoding: 'unicode' }),
        );
      }),
      { minLength: 1, maxLength },
    ),
  );

describe('sender: one request of several SMS', () => {
  it('is the text with many numbers where the texts are equal', () => {
    const batch = [
      storedSms({ number: '1', user_id: 7, text: 'Fire' }),
      storedSms({ number: '2', user_id: 8, text: 'Fire' }),
    ];
    should(compose(batch)).deepEqual({
      text: 'Fire',
      param: [
        { number: '1', user_id: 7 },
        { number: '2', user_id: 8 },
      ],
      encoding: 'gsm-7bit',
      request_status_report: true,
    });
  });

  it('is the template with the parameters of each where they share one', () => {
    const batch = ['John', 'Sam'].map((name) => storedSms({ text: 'Hello, #param#.', text_param: [name] }));
    const request = compose(batch);
    should(request.text).equal('Hello, #param#.');
    should(request.param.map(({ text_param }) => text_param)).deepEqual([['John'], ['Sam']]);
  });

  it('carries each text as a parameter where they differ', () => {
    const request = compose([storedSms({ text: 'Fire' }), storedSms({ text: 'Hello, #param#', text_param: ['John'] })]);
    should(request.text).equal('#param#');
    should(request.param.map(({ text_param }) => text_param)).deepEqual([['Fire'], ['Hello, John']]);
  });

  it('carries a literal #param# as a parameter, also when it is alone', () => {
    const request = compose([storedSms({ text: 'write #param# here' })]);
    should(request.text).equal('#param#');
    should(request.param[0]?.text_param).deepEqual(['write #param# here']);
  });

  it('names ports, encoding and status report as the SMS have them', () => {
    const request = compose([storedSms({ ports: [2, 3], encoding: 'unicode', request_status_report: false })]);
    should(request).match({ port: [2, 3], encoding: 'unicode', request_status_report: false });
    should(compose([storedSms()])).not.have.property('port');
    should(() => compose([])).throw(RangeError);
  });

  it('brings every recipient its own text verbatim, whatever is mixed', () => {
    fc.assert(
      fc.property(batchOf(6), (batch) => {
        const request = compose(batch);
        const inPlain = request.param.some(({ text_param }) => text_param === undefined);
        should(inPlain && countParams(request.text) > 0).be.false('a place holder without a parameter');
        should(received(request)).deepEqual(batch.map(wanted));
        should(request.param.map(({ number: to, user_id }) => [to, user_id])).deepEqual(
          batch.map(({ number: to, user_id }) => [to, user_id]),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('passes the checks of the client and leaves as it was composed', async () => {
    await fc.assert(
      fc.asyncProperty(batchOf(4), async (batch) => {
        const request = compose(batch);
        const asked: unknown[] = [];
        const session = { ask: async (_endpoint: unknown, params: unknown) => asked.push(params) };
        await sendSms(session as unknown as Parameters<typeof sendSms>[0], request);
        should(asked).deepEqual([request]);
      }),
    );
  });
});

describe('sender: how many SMS fit one request', () => {
  it('is as many from the front as its real size in bytes allows, at least one', () => {
    fc.assert(
      fc.property(batchOf(8), fc.integer({ min: 1, max: 1200 }), (batch, limit) => {
        const fits = fitting(batch, limit);
        should(fits.length).be.aboveOrEqual(1);
        should(batch.slice(0, fits.length)).deepEqual(fits);
        if (fits.length > 1) should(bytesOf(compose(fits))).be.belowOrEqual(limit);
        if (fits.length < batch.length) should(bytesOf(compose(batch.slice(0, fits.length + 1)))).be.above(limit);
      }),
      { numRuns: 300 },
    );
  });

  it('is counted to the byte', () => {
    const batch = ['"', '\n', '🚨', 'ä'].map((text) => storedSms({ text }));
    const size = bytesOf(compose(batch));
    should(fitting(batch, size)).have.length(4);
    should(fitting(batch, size - 1)).have.length(3);
  });

  it('counts a text that all share once: 128 numbers with a long text are one request of 12000 bytes', () => {
    const batch = Array.from({ length: 128 }, () => storedSms({ text: 'x'.repeat(1500) }));
    should(fitting(batch, 12_000)).have.length(128);
    should(fitting(batch.slice(0, 1), 1)).have.length(1);
  });

  it('is 128 at most', () => {
    should(MOST_RECIPIENTS).equal(128);
    should(
      fitting(
        Array.from({ length: 300 }, () => storedSms()),
        1e9,
      ),
    ).have.length(128);
    should(fitting([], 12_000)).be.empty();
  });
});

describe('sender: what may travel with the head of the queue', () => {
  const companionsOf = async (combine: Combine, headOf: string): Promise<string[]> => {
    const store = new MemoryStore({ random: () => 0 });
    await store.open();
    await take(store, 'a', [
      { number: '1', text: 'Fire' },
      { number: '2', text: 'Fire' },
    ]);
    await take(store, 'b', [{ number: '3', text: 'Fire' }]);
    await take(store, 'c', [{ number: '4', text: 'Hello' }]);
    await take(store, 'd', [{ number: '5', text: 'Fire', encoding: 'unicode' }]);
    await take(store, 'e', [{ number: '6', text: 'Hi #param#', text_param: ['you'] }]);
    await take(store, 'f', [{ number: '7', text: 'Hi #param#' }]);
    const head = (await store.waiting(query())).find((sms) => sms.number === headOf) as StoredSms;
    const like = { batchKey: batchKeyOf(head), ...companions(head, combine) };
    return (await store.waiting(query({ like }))).map((sms) => sms.number);
  };

  it('is its own input alone when nothing is combined', async () => {
    should(await companionsOf('off', '1')).deepEqual(['1', '2']);
  });

  it('is every equal text, a template never with the same words as a plain text', async () => {
    should(await companionsOf('same', '1')).deepEqual(['1', '2', '3']);
    should(await companionsOf('same', '6')).deepEqual(['6']);
    should(await companionsOf('same', '7')).deepEqual(['7']);
  });

  it('is any text of the same batch key when all are combined', async () => {
    should(await companionsOf('all', '1')).deepEqual(['1', '2', '3', '4', '6', '7']);
    should(await companionsOf('all', '5')).deepEqual(['5']);
  });
});
