import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import { startScripted } from '../../support/core';

type Core = Awaited<ReturnType<typeof startScripted>>;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const absent = (): GatewayError => new GatewayError('BAD_REPLY', 'The gateway has no such thing (HTTP 404).', 'no');
const lostAnswer = (): GatewayError => new GatewayError('UNKNOWN_OUTCOME', 'cut', 'unknown');

/** A gateway whose firmware doesn't know a question. */
function without(core: Core, question: 'querySmsInQueue' | 'querySmsResult' | 'getPortInfo' | 'querySmsDeliverStatus') {
  Object.assign(core.api, { [question]: () => Promise.reject(absent()) });
}

describe('a firmware without one of the questions', () => {
  let core: Core;
  afterEach(() => core.close());

  const statuses = (): string[] => core.updates.all.map(({ status }) => status);
  const doubt = async (): Promise<number> => {
    core.api.failures = [lostAnswer()];
    await core.take({});
    await core.clock.advance(0);
    return core.api.sent.at(-1)?.param[0]?.user_id ?? -1;
  };

  it('for the queue: what the records show decides a doubt', async () => {
    core = await startScripted();
    without(core, 'querySmsInQueue');
    const user_id = await doubt();
    core.api.results.push({ number: '123456', user_id, status: 'SENT_OK' });
    await core.clock.advance(5 * SECOND);
    should(statuses()).containEql('SENT_OK');
    should(core.api.sent).have.length(1);
  });

  it('for the queue: that no record shows it proves nothing, and nothing is sent twice', async () => {
    core = await startScripted();
    without(core, 'querySmsInQueue');
    await doubt();
    await core.clock.advance(5 * MINUTE);
    should(core.api.sent).have.length(1);
    await core.clock.advance(6 * MINUTE);
    should(statuses()).eql(['UNKNOWN']);
  });

  it('for results: an empty queue proves nothing, and nothing is sent twice', async () => {
    core = await startScripted();
    without(core, 'querySmsResult');
    await doubt();
    await core.clock.advance(11 * MINUTE);
    should(core.api.sent).have.length(1);
    should(statuses()).eql(['UNKNOWN']);
  });

  it('for results: what was accepted ends UNKNOWN after a while, and doesn’t hold up what comes after it', async () => {
    core = await startScripted({ settings: { queueLimit: 1 } });
    without(core, 'querySmsResult');
    core.api.waiting = 1;
    for (let count = 0; count < 4; count++) await core.take({ to: `77${count}` });
    await core.clock.advance(30 * MINUTE);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(4);
    should(statuses().filter((status) => status === 'UNKNOWN').length).be.aboveOrEqual(2);
  });

  it('for results: pushes tell what became of an SMS all the same', async () => {
    core = await startScripted();
    without(core, 'querySmsResult');
    await core.take({});
    await core.clock.advance(0);
    const user_id = core.api.sent[0]?.param[0]?.user_id;
    await core.gateways.of('gateway')?.pushed({ results: [{ number: '123456', user_id, status: 'SENT_OK', port: 0 }] });
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('for delivery reports: what is sent is told', async () => {
    core = await startScripted();
    without(core, 'querySmsDeliverStatus');
    await core.take({});
    await core.clock.advance(0);
    const user_id = core.api.sent[0]?.param[0]?.user_id;
    core.api.results.push({ number: '123456', user_id, status: 'SENT_OK', port: 0, ref_id: 1 });
    await core.clock.advance(2 * MINUTE);
    should(statuses()).eql(['ACCEPTED', 'SENT_OK']);
  });

  it('for ports: every port counts as ready', async () => {
    core = await startScripted();
    without(core, 'getPortInfo');
    await core.take({});
    await core.clock.advance(0);
    should(core.api.sent).have.length(1);
  });

  it('for the queue: an SMS that no record shows is given up after half an hour, not after seconds', async () => {
    core = await startScripted();
    without(core, 'querySmsInQueue');
    await core.take({});
    await core.clock.advance(20 * MINUTE);
    should(statuses()).eql(['ACCEPTED']);
    await core.clock.advance(20 * MINUTE);
    should(statuses()).eql(['ACCEPTED', 'UNKNOWN']);
  });
});

describe('a result that can’t be read', () => {
  let core: Core;
  afterEach(() => core.close());

  const NOBODY = { number: '', status: '' };
  const answers = (unreadable: (user_id: number) => object) => {
    const result = [{ number: '777', user_id: 5, status: 'SENT_OK' }];
    const querySmsResult = async ({ user_id: [user_id = -1] = [] }: { user_id?: number[] }) => ({
      error_code: 200,
      result,
      unreadable: [{ ...NOBODY, ...unreadable(user_id) }],
    });
    Object.assign(core.api, { querySmsResult });
  };
  const statuses = (): string[] => core.updates.all.map(({ status }) => status);
  const doubt = async (unreadable: (user_id: number) => object): Promise<void> => {
    core = await startScripted();
    answers(unreadable);
    core.api.failures = [lostAnswer()];
    await core.take({});
    await core.clock.advance(30 * SECOND);
    should(core.api.sent).have.length(1);
  };

  it('shows by its user_id that an SMS in doubt is there', async () => {
    await doubt((user_id) => ({ user_id }));
    should(statuses()).eql(['ACCEPTED']);
  });

  it('may be the one in doubt where it says nothing: nothing is sent twice', async () => {
    await doubt(() => ({}));
    await core.clock.advance(11 * MINUTE);
    should(core.api.sent).have.length(1);
    should(statuses()).eql(['UNKNOWN']);
  });

  it('of another number leaves the doubt to the evidence', async () => {
    core = await startScripted();
    answers(() => ({ number: '999999' }));
    core.api.failures = [lostAnswer()];
    await core.take({});
    await core.clock.advance(30 * SECOND);
    should(core.api.sent).have.length(2);
  });

  it('doesn’t keep an SMS ACCEPTED for ever, nor has it sent again by the policy', async () => {
    core = await startScripted({ settings: { unknownPolicy: 'resend' } });
    answers((user_id) => ({ user_id }));
    await core.take({});
    await core.clock.advance(40 * MINUTE);
    should(core.api.sent).have.length(1);
    should(statuses()).eql(['ACCEPTED', 'UNKNOWN']);
  });
});

describe('a result in a word that isn’t known', () => {
  let core: Core;
  afterEach(() => core.close());

  it('doesn’t keep the queue shut: the SMS ends UNKNOWN, and says the word', async () => {
    core = await startScripted({ settings: { queueLimit: 1 } });
    core.api.waiting = 1;
    Object.defineProperty(core.api, 'results', {
      get: () => core.api.sent.flatMap(({ param }) => param.map((one) => ({ ...one, status: 'TIMEOUT' }))),
    });
    for (let count = 0; count < 4; count++) await core.take({ to: `77${count}` });
    await core.clock.advance(40 * MINUTE);
    should(core.api.sent.flatMap(({ param }) => param)).have.length(4);
    const ends = core.updates.all.filter(({ status }) => status === 'UNKNOWN');
    should(ends).have.length(4);
    for (const { error } of ends) should(error).match({ code: 'UNKNOWN_OUTCOME', message: /"TIMEOUT"/ });
  });
});
