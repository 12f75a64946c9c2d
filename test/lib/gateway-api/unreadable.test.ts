import { gzipSync } from 'node:zlib';
import should from 'should';
import type { Behaviour, WireAnswer } from '../../support/wire-server';
import { closeAll, failureOf, gatewayThat, oneSms } from './helpers';

const PAGE = '<!DOCTYPE html><html><body><form action="/goform/login">Login</form></body></html>';
const WANTED_API = 'Mobile Configuration → Basic Configuration → new-version API, firmware 1102';

/** What a reading and a changing request end in, under an answer or a behaviour. */
async function outcomesOf(answer: WireAnswer | Behaviour, reading: 'BAD_REPLY' | 'GATEWAY_ERROR' = 'BAD_REPLY') {
  const { client } = await gatewayThat(typeof answer === 'function' ? answer : () => answer);
  const read = await failureOf(client.querySmsInQueue(), reading);
  const changed = await client.sendSms(oneSms).then(undefined, (error) => error);
  should(read.cause.retryable).be.true();
  return { read, changed };
}

/** Sends the first bytes of an answer of which more was announced, or not, and ends the connection. */
function cutShort(headers: Record<string, string | number>): Behaviour {
  return (_request, response) => {
    response.writeHead(202, { Connection: 'close', ...headers });
    response.write('{"error_code":202,"in_queue":0,"task_');
    setTimeout(() => (headers['Content-Length'] === undefined ? response.end() : response.destroy()), 5);
    return undefined;
  };
}

describe('an answer that can’t be read', () => {
  afterEach(closeAll);

  it('leaves open what a changing request has done, and lets a reading one be repeated', async () => {
    const answers: Record<string, WireAnswer | Behaviour> = {
      'cut short without a length': cutShort({}),
      'cut short of its length': cutShort({ 'Content-Length': 60 }),
      'no answer at all': (_request, response) => void response.destroy(),
      empty: { text: '' },
      'not JSON': { text: 'OK' },
      'no object': { text: '12' },
      'a list': { text: '[]' },
      'a page': { text: PAGE },
      'a page that says 202': { status: 202, text: PAGE },
      'a page that says 405': { status: 405, text: PAGE },
      'megabytes of it': { text: `"${'x'.repeat(5_000_000)}"` },
    };
    for (const [name, answer] of Object.entries(answers)) {
      const { read, changed } = await outcomesOf(answer);
      should(read.code).equal('BAD_REPLY', name);
      should(changed.code).equal('UNKNOWN_OUTCOME', name);
      should(changed).match({ taken: 'unknown', cause: { retryable: false } });
      should(changed.message).containEql('may or may not have done');
    }
  });

  it('is one of a changing request that is JSON, but doesn’t say that the request is taken', async () => {
    const { client } = await gatewayThat(() => ({ text: '{"sms_in_queue":1}' }));
    const changes = [client.sendSms(oneSms), client.sendUssd({ port: [0], text: '*100#' })];
    for (const change of changes) should(await failureOf(change, 'UNKNOWN_OUTCOME')).have.property('taken', 'unknown');
  });

  it('is none where HTTP 200 is the documented code that the data lacks', async () => {
    const { client } = await gatewayThat(() => ({ text: '{"sn":"da00"}' }));
    for (const change of [client.stopSms({ task_id: 1 }), client.setPortInfo({ port: 0, action: 'reset' })])
      should(await change).match({ error_code: 200 });
  });

  it('is in doubt, too, when a page with HTTP 500 or more stands for it', async () => {
    for (const status of [500, 503]) {
      const { read, changed } = await outcomesOf({ status, text: PAGE }, 'GATEWAY_ERROR');
      should(read.message).containEql(`HTTP ${status}`);
      should(changed).match({ code: 'UNKNOWN_OUTCOME', taken: 'unknown' });
    }
  });

  it('is not an empty list, though a list is what was asked for', async () => {
    const { client } = await gatewayThat(() => ({ text: '[]' }));
    for (const call of [client.querySmsResult(), client.queryIncomingSms(), client.getCdr()]) {
      should((await failureOf(call, 'BAD_REPLY')).message).containEql('no object');
    }
  });

  it('names the setting that is wanted where a page or HTTP 404 stands for the API', async () => {
    should((await outcomesOf({ text: PAGE })).read.message).containEql(WANTED_API);
    const { read, changed } = await outcomesOf({ status: 404, text: PAGE });
    should(read.message).containEql('HTTP 404').containEql(WANTED_API);
    should(changed).match({ code: 'BAD_REPLY', taken: 'no' });
    should(changed.message).containEql('/api/send_sms').containEql(WANTED_API);
  });

  it('is as good as a code where the HTTP status says why', async () => {
    for (const [status, code] of [
      [400, 'BAD_REQUEST'],
      [413, 'TOO_LARGE'],
    ] as const) {
      const { client } = await gatewayThat(() => ({ status, text: PAGE }));
      should(await failureOf(client.sendSms(oneSms), code)).have.property('taken', 'refused');
    }
  });
});

describe('a redirect', () => {
  afterEach(closeAll);

  it('is not followed, but says where the gateway is', async () => {
    const elsewhere = await gatewayThat(() => ({ json: { error_code: 202 } }));
    const target = `${elsewhere.server.url}/api/send_sms?token=hidden`;
    const { read, changed } = await outcomesOf({ status: 302, headers: { Location: target }, text: '' });
    should(changed).match({ code: 'BAD_REPLY', taken: 'no' });
    should(read.message).containEql(`Enter ${elsewhere.server.url} as the gateway's address`).not.containEql('hidden');
    should(elsewhere.server.seen).be.empty();
  });

  it('to another host names none to send the login to', async () => {
    for (const Location of ['http://evil.example/login', '//evil.example', 'https://127.0.0.1.evil.example/']) {
      const { read, changed } = await outcomesOf({ status: 302, headers: { Location }, text: '' });
      for (const { message } of [read, changed]) should(message).containEql('another host').not.containEql('evil');
    }
  });

  it('within the gateway, or to nowhere, is told as well', async () => {
    const inside = await outcomesOf({ status: 301, headers: { Location: '/login.htm' }, text: '' });
    should(inside.read.message).containEql('/login.htm').containEql(WANTED_API);
    for (const headers of [{}, { Location: 'http://' }]) {
      const { read } = await outcomesOf({ status: 302, headers, text: '' });
      should(read.message).containEql('nowhere');
    }
  });

  it('says that nothing was done only where it asks for the same once more elsewhere', async () => {
    const untouched: [number, string][] = [
      [307, '/done.htm'],
      [308, 'http://evil.example/'],
      [301, 'https://127.0.0.1/api/send_sms'],
      [302, 'https://127.0.0.1:8443/api/send_sms'],
    ];
    // What a web server answers that has done something and shows a page then.
    const doubtful: [number, string][] = [
      [302, '/done.htm'],
      [303, '/api/send_sms'],
      [303, 'https://127.0.0.1/api/send_sms'],
      [301, 'https://127.0.0.1/'],
      [302, '/api/send_sms'],
      [300, '/'],
    ];
    const outcomesAt = async (status: number, Location: string) =>
      outcomesOf({ status, headers: { Location }, text: '' });
    for (const [status, place] of untouched)
      should((await outcomesAt(status, place)).changed).match({ code: 'BAD_REPLY', taken: 'no' });
    for (const [status, place] of doubtful) {
      const { read, changed } = await outcomesAt(status, place);
      should(changed).match({ code: 'UNKNOWN_OUTCOME', taken: 'unknown' });
      should(read).match({ code: 'BAD_REPLY', taken: 'no' });
    }
  });
});

describe('an answer that looks odd', () => {
  afterEach(closeAll);

  it('is read all the same', async () => {
    const text = '{"error_code":200,"in_queue":3}';
    const gzip: Behaviour = (_request, response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' });
      response.end(gzipSync(text));
      return undefined;
    };
    const answers: (WireAnswer | Behaviour)[] = [
      { message: 'Data follows', headers: { 'Content-Type': 'text/html' }, text },
      { text: `\ufeff${text}\r\n\0` },
      { status: 299, text },
      gzip,
    ];
    for (const answer of answers) {
      const { client } = await gatewayThat(typeof answer === 'function' ? answer : () => answer);
      should(await client.querySmsInQueue()).deepEqual({ error_code: 200, in_queue: 3 });
    }
  });
});
