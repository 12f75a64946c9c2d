import should from 'should';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

const CSV = 'parsers/70-CSV.js';
/** As Excel writes it: with a byte order mark, and lines that end in CR and LF. */
const FILE = '\ufeffnumber,name,price\r\n+43 664 11,"Müller, Anna",1.50\r\n0664 12,Ben,2.00\r\n';

describe('send sms, a template', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let ids: Record<'gateway' | 'send' | 'csv' | 'again', string>;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    ids = { gateway: freshId('gateway'), send: freshId('send'), csv: freshId('csv'), again: freshId('again') };
  });
  afterEach(() => simulator.close());

  /** A csv node, a `send sms` that takes its rows, and one that gets what the first couldn't send. */
  const flow = (properties: object = {}, more: FlowNode[] = [], own: object = {}): FlowNode[] => [
    tab,
    { id: ids.gateway, type: 'dinstar-gateway', url: simulator.url, name: 'farm', ...own },
    drawn('dinstar-send-sms', ids.send, {
      ...{ gateway: ids.gateway, to: 'payload', toType: 'msg', text: 'Dear {{name}}, {{price}} €', textType: 'str' },
      ...{ literal: false, wires: [['reached'], ['missed'], []], ...properties },
    }),
    ...['reached', 'missed'].map(catcher),
    ...catchAll('errors'),
    ...completed(ids.send, 'completed'),
    ...more,
  ];
  const csv = (properties: object): FlowNode =>
    drawn('csv', ids.csv, {
      ...{ sep: ',', hdrin: true, hdrout: 'none', multi: 'mult', ret: '\\n', temp: '', skip: '0', strings: false },
      ...{ include_empty_strings: '', include_null_values: '', wires: [[ids.send]], ...properties },
    });
  const outcome = async (from = 'reached'): Promise<Outcome> =>
    ((await inboxOf(from).first(undefined, 60_000)) as unknown as { payload: Outcome }).payload;
  const receive = (message: object): void => nodeOf(ids.send).receive(message);
  const arrived = (): unknown[] => simulator.submitted.map(({ number, text }) => [number, text]);

  for (const spec of ['rfc', 'legacy']) {
    it(`takes the rows of core's csv node as they come, in its mode ${spec}, with a byte order mark`, async () => {
      await load(flow({}, [csv({ spec })]), {}, [CSV]);
      const leaving = outcome();
      nodeOf(ids.csv).receive({ payload: FILE });
      const { text, recipients } = await leaving;
      should(arrived()).eql([
        ['+4366411', 'Dear Müller, Anna, 1.50 €'],
        ['066412', 'Dear Ben, 2.00 €'],
      ]);
      should(text).equal('Dear {{name}}, {{price}} €');
      should(recipients.map((one) => [one.text, one.name, one.price])).eql([
        ['Dear Müller, Anna, 1.50 €', 'Müller, Anna', '1.50'],
        ['Dear Ben, 2.00 €', 'Ben', '2.00'],
      ]);
    });
  }

  it('takes rows one at a time', async () => {
    await load(flow({}, [csv({ spec: 'rfc', multi: 'one' })]), {}, [CSV]);
    const reached = inboxOf('reached');
    nodeOf(ids.csv).receive({ payload: FILE });
    await reached.first((message) => message.payload !== undefined && reached.all.length === 2, 60_000);
    should(simulator.submitted.map(({ text }) => text)).eql(['Dear Müller, Anna, 1.50 €', 'Dear Ben, 2.00 €']);
  });

  it('refuses a file with a gap whole, naming the row and the column, before anything leaves', async () => {
    await load(flow({}, [csv({ spec: 'rfc' })]), {}, [CSV]);
    const errors = inboxOf('errors');
    nodeOf(ids.csv).receive({ payload: FILE.replace('Ben', '') });
    const { error } = (await errors.first()) as { error: { code: string; message: string; cause: object } };
    should(error.message).match(/^To \(msg\.payload\[1\]\.name\): is missing, .*\(recipient 066412\)/);
    should(error).match({ code: 'INVALID_INPUT', cause: { retryable: false, field: 'to[1].name' } });
    should(simulator.requests).be.empty();
  });

  it('is braces in a node that was saved before there were templates', async () => {
    await load(flow({ literal: undefined, text: 'text' as string, textType: 'msg' }));
    const leaving = outcome();
    receive({ payload: [{ number: '71', name: 'Anna' }], text: 'Use {{name}} and #param#' });
    await leaving;
    should(arrived()).eql([['71', 'Use {{name}} and #param#']]);
  });

  it('shares requests of 128: 300 rows are three', async () => {
    await load(flow({ until: 'accepted', untilType: 'str' }, [], { queueLimit: 0 }));
    const leaving = outcome();
    receive({ payload: Array.from({ length: 300 }, (_, at) => ({ number: 5000 + at, name: `N${at}`, price: at })) });
    should(await leaving).match({ total: 300, reached: 300 });
    should(new Set(simulator.submitted.map(({ text }) => text)).size).equal(300);
    should(simulator.submitted.every(({ number, text }) => text.includes(`N${Number(number) - 5000},`))).be.true();
    should(simulator.requests.filter(({ path }) => path === '/api/send_sms')).have.length(3);
  });

  it('copies no table for each of its rows: an update has the message, and the recipient in place of the payload', async () => {
    await load(flow({ wires: [['reached'], [], ['missed']] }));
    const updates = inboxOf('missed');
    const leaving = outcome();
    let copies = 0;
    const name = (): string => {
      copies += 1;
      return 'Ann';
    };
    const rows = [{ number: '71', name: 'Ann', price: 1 }];
    Object.defineProperty(rows[0], 'name', { enumerable: true, get: name });
    receive({ payload: rows, keep: { me: 1 } });
    const before = copies;
    await leaving;
    should(updates.all.length).be.above(1);
    for (const message of updates.all)
      should(message).match({ keep: { me: 1 }, topic: '71', payload: { number: '71' } });
    should(copies - before).be.belowOrEqual(3);
  });

  it('speaks to each in his language, with plain quotes where those save Unicode', async () => {
    const texts = { texts: 'texts', textsType: 'msg', transliterate: true };
    await load(flow({ ...texts, text: '“Hi” {{name}}' }));
    const leaving = outcome();
    const to = ['de-AT', 'ru', undefined].map((language, at) => ({ number: 71 + at, name: 'Ann', language }));
    receive({ payload: to, texts: { de: '„Hallo“ {{name}}', ru: '«Привет»' } });
    const { recipients } = await leaving;
    should(arrived()).eql([
      ['71', '"Hallo" Ann'],
      ['72', '«Привет»'],
      ['73', '"Hi" Ann'],
    ]);
    should(recipients.map(({ text }) => text)).eql(['"Hallo" Ann', '«Привет»', '"Hi" Ann']);
  });

  it('is sent again from its outcome word for word, braces and all', async () => {
    const again = drawn('dinstar-send-sms', ids.again, {
      ...{ gateway: ids.gateway, to: '99', toType: 'str', literal: false, wires: [['reached'], [], []] },
    });
    await load(flow({ wires: [[], [ids.again], []], texts: '{"de":"{{name}}!"}', textsType: 'json' }, [again]));
    const leaving = outcome();
    receive({
      payload: [
        { number: '9990000001', name: '{{A}}', price: 1 },
        { number: '9991000001', name: '#param#', language: 'de' },
      ],
    });
    await leaving;
    const second = simulator.submitted.filter(({ number }) => number === '99').map(({ text }) => text);
    should(second.sort()).eql(['#param#!', 'Dear {{A}}, 1 €']);
  });

  it('goes out once for a key, whose second outcome has its texts, too', async () => {
    await load(flow({ key: 'order', keyType: 'msg' }));
    const leaving = outcome();
    const message = { payload: [{ number: '71', name: 'Ann', price: 1 }], order: freshId('order') };
    receive(structuredClone(message));
    await leaving;
    const repeated = outcome();
    receive(structuredClone(message));
    const { duplicate, text, recipients } = await repeated;
    should([duplicate, text, recipients[0]?.text]).eql([true, 'Dear {{name}}, {{price}} €', 'Dear Ann, 1 €']);
    should(simulator.submitted).have.length(1);
  });
});
