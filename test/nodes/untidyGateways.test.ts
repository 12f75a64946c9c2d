import should from 'should';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { startWireServer, type WireAnswer, type WireServer } from '../support/wire-server';

const clock = new FlowClock();

// What gateways were seen to answer beside the manual (field notes), word by word, and what flows written by hand hold.
describe('with an untidy gateway, or an untidy flow,', () => {
  inNodeRed(clock);
  let server: WireServer;
  let gateway: string;
  afterEach(() => server.close());

  /** Starts a gateway that answers so by parts of its paths, and a flow with one node. */
  const begin = async (
    type: string,
    properties: object,
    answers: Record<string, WireAnswer>,
    own: object | null = {},
  ): Promise<void> => {
    server = await startWireServer(({ url }) => {
      const [, answer] = Object.entries(answers).find(([part]) => url.includes(part)) ?? [];
      return answer ?? { status: 404, text: '<html>not found</html>' };
    });
    gateway = freshId('gateway');
    await load([
      tab,
      ...(own
        ? [{ id: gateway, type: 'dinstar-gateway', url: server.url, name: 'farm', timezone: 'UTC', ...own }]
        : []),
      drawn(type, 'node', { gateway, wires: [['out'], ['out']], ...properties }),
      catcher('out'),
      ...catchAll('errors'),
      ...completed('node', 'completed'),
    ] as FlowNode[]);
  };
  const ask = async (message: object = {}): Promise<Record<string, unknown>> => {
    const out = inboxOf('out');
    nodeOf('node').receive(message);
    return out.first();
  };
  const failWith = async (message: object = {}): Promise<Record<string, unknown>> => {
    const errors = inboxOf('errors');
    nodeOf('node').receive(message);
    return (await errors.first()).error as Record<string, unknown>;
  };

  it('port info reads numbers as texts, blanks in keys, other names, and identities that are none', async () => {
    const text = `{"error_code":"200","info":[{"port":"0"," type":"GSM","imsi":"<NULL>","signal":"17",
      "smcsc":"+1","slot":"255","reg":"REGISTER_OK","new":true},]}`;
    await begin('dinstar-port-info', {}, { get_port_info: { text } });
    should((await ask()).payload).eql([
      { port: 0, type: 'GSM', imsi: '', signal: 17, smsc: '+1', slot: 255, reg: 'REGISTER_OK', new: true },
    ]);
  });

  const info = { get_port_info: { json: { error_code: 200, info: [{ port: 1, reg: 'REGISTER_OK' }] } } };
  const saved: [string, object, string][] = [
    ['an array', { info: ['reg', 'signal'] }, 'info_type=reg%2Csignal'],
    ['a text', { info: 'reg, signal' }, 'info_type=reg%2Csignal'],
    ['a list of ports with its type', { info: ['reg'], ports: [0, 2], portsType: 'json' }, 'port=0%2C2&info_type=reg'],
    ['a list of ports without a type', { info: ['reg'], ports: [0, 2] }, 'port=0%2C2&info_type=reg'],
    ['a port as a number', { info: ['reg'], ports: 0 }, 'port=0&info_type=reg'],
  ];
  for (const [what, properties, query] of saved) {
    it(`port info takes from a flow file ${what}`, async () => {
      await begin('dinstar-port-info', properties, info);
      await ask();
      should(server.seen.map(({ url }) => url)).eql([`/api/get_port_info?${query}`]);
    });
  }

  it('send sms goes over ports in another make’s words, and says a word that isn’t known once', async () => {
    const ports = [
      { port: 0, reg: 'REGISTERED' },
      { port: 1, reg: 'CAMPED' },
      { port: null, reg: 'REGISTER_OK' },
    ];
    await begin(
      'dinstar-send-sms',
      { to: '123456', toType: 'str', text: 'Hello', textType: 'str', until: 'accepted' },
      {
        get_port_info: { json: { error_code: 200, info: ports } },
        send_sms: { json: { error_code: 202, sms_in_queue: 1, task_id: 1 } },
        query_sms: { json: { error_code: 200, in_queue: 0, result: [] } },
      },
    );
    for (let count = 0; count < 2; count++) should(await ask()).match({ payload: { ok: true, accepted: 1 } });
    const said = (word: string): number => logged().filter((line) => line.includes(word)).length;
    should(said('CAMPED')).equal(1);
    should(said('passed over')).equal(1);
    should(said('REGISTERED')).equal(0);
  });

  it('query result has the good rows of a list with odd ones', async () => {
    const result = [null, { number: '1' }, { number: null, status: 'SENT_OK' }, { number: '2', status: 'SENT_OK' }, 7];
    await begin(
      'dinstar-query-result',
      { query: 'result' },
      { query_sms_result: { json: { error_code: 200, result } } },
    );
    should((await ask({ payload: {} })).payload).eql([{ number: '2', status: 'SENT_OK' }]);
  });

  it('port info takes a description for no info types', async () => {
    await begin('dinstar-port-info', { info: 'asks for reg and signal' }, info);
    await ask();
    should(server.seen[0]?.url).containEql('info_type=type%2Cimei');
  });

  it('a watching port info is done with what is wired to it by hand', async () => {
    await begin('dinstar-port-info', { mode: 'watch' }, info);
    const done = inboxOf('completed');
    nodeOf('node').receive({ payload: 1 });
    await done.first();
  });

  it('an error about an address that holds a password doesn’t tell it', async () => {
    const own = { url: 'http://admin:sesame@127.0.0.1:1', name: '' };
    await begin('dinstar-port-info', { mode: 'watch' }, {}, own);
    const messages = inboxOf('errors');
    const message = await messages.first((one) => 'gateway' in (one as object));
    should(message).match({ error: { code: 'INVALID_INPUT' }, gateway: { name: 'http://127.0.0.1:1' } });
    should(JSON.stringify([message, logged()])).not.containEql('sesame');
  });

  it('ussd sends nothing for an action that is none', async () => {
    await begin('dinstar-ussd', { action: 'sned' }, {});
    should(await failWith({ port: 1, payload: '*100#' })).match({
      code: 'INVALID_INPUT',
      cause: { field: 'action', retryable: false },
    });
    should(server.seen).be.empty();
  });

  const result = [{ Port: '1', Status: '200' }];
  const ussd = {
    query_ussd_reply: { text: '{"error code":200,"reply":[{"port":1,"text":" "},]}' },
    send_ussd: { json: { request_id: 1, result } },
  };
  it('ussd takes the ports’ own statuses for an answer that has no code', async () => {
    await begin('dinstar-ussd', { action: 'send' }, ussd);
    should((await ask({ port: 1, payload: '*100#' })).payload).match({ port: 1, status: 200 });
  });

  it('ussd takes codes and ports from a flow file as they are', async () => {
    await begin(
      'dinstar-ussd',
      { action: 'dialog', wait: 0.1, ports: 1, text: ['*100#', '1'], textType: 'json' },
      ussd,
    );
    should(await failWith()).match({ code: 'TIMEOUT', cause: { retryable: false } });
    should(server.seen.find(({ url }) => url === '/api/send_ussd')?.body).equal('{"text":"*100#","port":[1]}');
  });

  it('ussd refuses what is no port', async () => {
    await begin('dinstar-ussd', { action: 'send' }, ussd);
    for (const port of [Object.create(null), { a: 1 }, Number.NaN, true, Buffer.from('1'), [[1]]]) {
      should(await failWith({ port, payload: '*100#' })).match({ code: 'INVALID_INPUT', cause: { field: 'ports' } });
    }
    should(server.seen).be.empty();
  });

  it('set port refuses what is no param', async () => {
    const properties = { port: 0, action: 'action', actionType: 'msg', param: 'param', paramType: 'msg', allow: true };
    await begin('dinstar-set-port', properties, {});
    for (const action of ['slot', 'power', 'imei', 'number']) {
      for (const param of [Object.create(null), {}, Number.NaN]) {
        should(await failWith({ action, param })).match({ code: 'INVALID_INPUT', cause: { field: 'param' } });
      }
    }
    should(server.seen).be.empty();
  });

  it('set port takes numbers from a flow file as they are', async () => {
    await begin(
      'dinstar-set-port',
      { port: 0, action: 'slot', param: 2 },
      { set_port_info: { text: '{"error code":"200"}' } },
    );
    should((await ask()).payload).eql({ port: 0, action: 'slot', param: '2' });
  });

  it('set port takes an answer whose code stands in the HTTP status only', async () => {
    await begin('dinstar-set-port', { port: 0, portType: 'num' }, { set_port_info: { json: { sn: 1234567 } } });
    should(await ask()).match({ payload: { port: 0, action: 'reset' }, gateway: { sn: '1234567' } });
  });

  it('stop sms takes an answer whose code stands in the HTTP status only', async () => {
    await begin('dinstar-stop-sms', {}, { stop_sms: { json: {} } });
    should((await ask({ payload: 5 })).payload).match({ stopped: [5], not_found: [] });
  });

  it('set port takes no web page for an answer', async () => {
    await begin('dinstar-set-port', { port: 0, portType: 'num' }, { set_port_info: { text: '<html>' } });
    should(await failWith()).match({ code: 'UNKNOWN_OUTCOME', cause: { retryable: false } });
  });

  it('query result takes a filter from a flow file as an object', async () => {
    const answer = { query_sms_result: { json: { error_code: 200, result: [] } } };
    await begin('dinstar-query-result', { filter: { user_id: 7 } }, answer);
    await ask({ payload: 'not asked' });
    should(server.seen[0]?.body).equal('{"user_id":[7]}');
  });

  it('cdr reads a list under another key, and knows an answer that was none', async () => {
    const text = `{"error_code":200,"info":[{"port":"0","start_date":"2015-07-21 16:35:20",
      "answer_date":"0000-00-00 00:00:00","gsm_code":"16","direction":"gsm->ip"},]}`;
    await begin('dinstar-cdr', {}, { get_cdr: { text } });
    should((await ask()).payload).eql([
      {
        ...{ port: 0, start_date: '2015-07-21 16:35:20', start_date_iso: '2015-07-21T16:35:20.000Z' },
        ...{ answer_date: '0000-00-00 00:00:00', gsm_code: 16, direction: 'gsm->ip', answered: false },
      },
    ]);
  });

  it('cdr reads the others where one doesn’t say its port', async () => {
    const cdr = [{ start_date: '2015-07-21 16:35:20' }, { port: 1, start_date: '2015-07-21 16:35:21' }];
    await begin('dinstar-cdr', { output: 'each' }, { get_cdr: { json: { error_code: 200, cdr } } });
    const out = inboxOf('out');
    nodeOf('node').receive({});
    should((await out.count(2)).map(({ payload }) => payload)).match([{ answered: false }, { port: 1 }]);
  });

  it('cdr takes milliseconds also as a text, and refuses a time that the gateway can’t write', async () => {
    const answer = { get_cdr: { json: { error_code: 200, cdr: [] } } };
    await begin('dinstar-cdr', { timeAfter: 'after', timeAfterType: 'msg' }, answer);
    await ask({ after: '1437496520000' });
    should(server.seen[0]?.body).equal('{"time_after":"2015-07-21 16:35:20"}');
    for (const after of [1.4374965e15, -1e15]) {
      should(await failWith({ after })).match({ code: 'INVALID_INPUT', cause: { field: 'timeAfter' } });
    }
    should(server.seen).have.length(1);
  });

  it('receive sms emits an SMS whose sender is withheld, with parts that can be joined', async () => {
    const sms = [
      { incoming_sms_id: '1', port: 0, number: null, sms_c: '+1', timestamp: '2014-12-09 17:11:18', text: 'hi' },
    ];
    const answer = { query_incoming_sms: { json: { error_code: 200, sms, read: 1, unread: 0 } } };
    await begin('dinstar-receive-sms', { backlog: true, interval: 1 }, answer);
    const message = await inboxOf('out').first();
    should(message).match({ topic: '', payload: { port: 0, number: '', smsc: '+1', text: 'hi' }, parts: { id: /./ } });
  });

  it('receive sms emits an SMS that doesn’t say its port, whatever ports are wanted', async () => {
    const sms = [
      { incoming_sms_id: 1, number: '123', text: 'nowhere' },
      { incoming_sms_id: 2, port: 0, number: '123', text: 'there' },
      { incoming_sms_id: 3, port: 1, number: '123', text: 'elsewhere' },
    ];
    const answer = { query_incoming_sms: { json: { error_code: 200, sms, read: 3, unread: 0 } } };
    await begin('dinstar-receive-sms', { mode: 'input', backlog: true, ports: [0], output: 'array' }, answer);
    should((await ask()).payload).match((all: { text: string }[]) =>
      should(all.map(({ text }) => text)).eql(['nowhere', 'there']),
    );
  });

  it('a receive sms that emits by itself tells of a gateway that isn’t there', async () => {
    await begin('dinstar-receive-sms', {}, {}, null);
    should((await inboxOf('errors').first()).error).match({ code: 'NOT_CONFIGURED', cause: { retryable: false } });
  });

  it('a receive sms tells of ports that are none to a Catch node', async () => {
    await begin('dinstar-receive-sms', { ports: 'x' }, {});
    const statuses = statusesOf('node');
    should((await inboxOf('errors').first()).error).match({ code: 'INVALID_INPUT', cause: { field: 'ports' } });
    should(await statuses.first()).match({ fill: 'red', shape: 'dot', text: 'common.status.invalid_input' });
  });
});
