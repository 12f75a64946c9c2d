import { createHash } from 'node:crypto';
import should from 'should';
import type { Oddity } from '../../../lib/gateway-api';
import type { Behaviour, SeenRequest } from '../../support/wire-server';
import { closeAll, failureOf, gatewayThat, oneSms } from './helpers';

const PASSWORD = 'pass"word\\of/mine';
const login = { username: 'admin', password: PASSWORD };
const BASIC = 'Basic realm="r"';
const DIGEST = 'Digest realm="r", nonce="n", qop="auth"';
const basicOf = (password: string): string => Buffer.from(`admin:${password}`).toString('base64');

/** Asks for a login, then answers with what it was sent. */
const repeating =
  (challenge: string, answer: (told: string, request: SeenRequest) => ReturnType<Behaviour>): Behaviour =>
  (request) => {
    const { authorization } = request.headers;
    if (authorization === undefined) return { status: 401, headers: { 'WWW-Authenticate': challenge }, text: '' };
    return answer(authorization, request);
  };

/** What would be as good as the login, wherever it stands in `seen`. */
const foundIn = (seen: unknown, sent: readonly SeenRequest[]): string[] => {
  const text = JSON.stringify(seen);
  const proofs = sent.flatMap(({ headers }) => /response="(\w+)"/.exec(headers.authorization ?? '')?.[1] ?? []);
  const inCapitals = proofs.map((proof) => proof.toUpperCase());
  const secrets = [
    basicOf(PASSWORD),
    ...proofs,
    ...inCapitals,
    JSON.stringify(PASSWORD).slice(1, -1),
    encodeURIComponent(PASSWORD),
  ];
  return secrets.filter((secret) => text.includes(secret));
};

const regOf = (reg: string, port: number) => ({ port, reg });

describe('a login that the gateway repeats', () => {
  afterEach(closeAll);

  for (const challenge of [BASIC, DIGEST]) {
    it(`is in no record, word or error: ${challenge.slice(0, 6).trim()}`, async () => {
      const odd: Oddity[] = [];
      const { client, server } = await gatewayThat(
        repeating(challenge, (told) => ({
          json: {
            error_code: 200,
            sn: told,
            [told]: told,
            upper: told.toUpperCase(),
            clear: [PASSWORD, encodeURIComponent(PASSWORD), `admin:${PASSWORD}`],
            info: [
              { port: 0, reg: told },
              { port: 1, reg: told.slice(-30) },
              { port: 2, reg: PASSWORD, unknown: { deep: [told] } },
            ],
          },
        })),
        { ...login, onOddity: (oddity) => odd.push(oddity) },
      );
      const reply = await client.getPortInfo({ info_type: ['reg'] });
      should(reply.info.map(({ port }) => port)).eql([0, 1, 2]);
      should(reply.info[2]?.reg).match(/^\*+$/);
      should(JSON.stringify(reply.clear)).match(/^\["\*+","\*+","\*+"\]$/);
      should(odd.length).be.above(1);
      should(foundIn([reply, odd, client.sn, await client.call('GET', '/api/x', {})], server.seen)).eql([]);
    });
  }

  it('is in no answer to a request that travelled beside its own', async () => {
    let former = '';
    const { client, server } = await gatewayThat(
      repeating(DIGEST, (told) => {
        const json = { error_code: 200, in_queue: 0, former };
        former = told;
        return { json };
      }),
      login,
    );
    for (let times = 0; times < 3; times++) {
      should(foundIn(await client.querySmsInQueue(), server.seen)).eql([]);
    }
    should(server.seen.length).equal(4);
  });

  it('is in no error of an answer that is none', async () => {
    const { client, server } = await gatewayThat(
      repeating(BASIC, (told) => ({ status: 500, message: told, text: told, headers: { 'X-Seen': told, Date: told } })),
      login,
    );
    const { message, stack, cause } = await failureOf(client.sendSms(oneSms), 'UNKNOWN_OUTCOME');
    should(foundIn([message, stack, cause], server.seen)).eql([]);
  });

  it('changes nothing where a short password is a word like any other', async () => {
    const sms = { incoming_sms_id: 1, port: 0, number: '12345678', text: 'admin 12345678', timestamp: '' };
    for (const password of ['admin', '12345678', 'word', '']) {
      const { client } = await gatewayThat(
        repeating(BASIC, () => ({ json: { error_code: 200, sms: [sms], read: 1, unread: 0 } })),
        { username: 'admin', password },
      );
      const { sms: read } = await client.queryIncomingSms({ incoming_sms_id: 0, flag: 'all' });
      should(read[0]).match({ number: sms.number, text: sms.text });
    }
  });

  it('is masked where a short password is the whole of a field, but for what people write', async () => {
    const sms = { incoming_sms_id: 1, port: 0, number: 'hunter2', text: 'hunter2', smsc: 'hunter2', more: ['hunter2'] };
    const { client } = await gatewayThat(
      repeating(BASIC, () => ({ json: { error_code: 200, sn: 'hunter2', hunter2: 'a hunter2', sms: [sms], read: 1 } })),
      { username: 'admin', password: 'hunter2' },
    );
    const reply = await client.queryIncomingSms({ incoming_sms_id: 0, flag: 'all' });
    should(reply).match({ sn: '*******', hunter2: 'a hunter2' });
    should(reply.sms[0]).match({ number: 'hunter2', text: 'hunter2', smsc: '*******', more: ['*******'] });
  });

  it('is no word for a log, be it ever so short', async () => {
    const odd: Oddity[] = [];
    const { client } = await gatewayThat(
      repeating(BASIC, () => ({ json: { error_code: 200, info: ['x hunter2', 'hunter2 x', 'CAMPED'].map(regOf) } })),
      { username: 'admin', password: 'hunter2', onOddity: (oddity) => odd.push(oddity) },
    );
    await client.getPortInfo({ info_type: ['reg'] });
    should(odd.map(({ text }) => /reg (.*) of a port/.exec(text)?.[1])).eql(['a text', 'a text', '"CAMPED"']);
  });

  it('does no harm to a challenge that repeats it: it is answered word for word', async () => {
    const realm = basicOf(PASSWORD);
    const ha1 = createHash('md5').update(`admin:${realm}:${PASSWORD}`).digest('hex');
    const ha2 = createHash('md5').update('GET:/api/query_sms_in_queue').digest('hex');
    const right = createHash('md5').update(`${ha1}:n:${ha2}`).digest('hex');
    const { client } = await gatewayThat(({ headers }) => {
      if (headers.authorization?.includes(`response="${right}"`)) return { json: { error_code: 200, in_queue: 3 } };
      return { status: 401, headers: { 'WWW-Authenticate': `Digest realm="${realm}", nonce="n"` }, text: '' };
    }, login);
    should(await client.querySmsInQueue()).match({ in_queue: 3 });
  });
});
