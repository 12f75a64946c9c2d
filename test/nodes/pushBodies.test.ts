import { gzipSync } from 'node:zlib';
import should from 'should';
import request from 'supertest';
import { inboxOf, inNodeRed, load, nodeApp } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();

const TEXT = 'a=b&c d+e 100% [x] é';
const SMS = {
  incoming_sms_id: 1,
  port: 2,
  number: '+49170123',
  smsc: '',
  timestamp: '2026-01-02 03:04:05',
  text: TEXT,
};
const PUSH = JSON.stringify({ sn: 'da-1', sms: [SMS] });
const FORM = 'application/x-www-form-urlencoded';

describe('the body of a push', () => {
  inNodeRed(clock);

  const kinds: [name: string, headers: Record<string, string>, body: Buffer | string][] = [
    ['as JSON', { 'Content-Type': 'application/json' }, PUSH],
    ['as JSON that says its character set', { 'Content-Type': 'application/json; charset=UTF-8' }, PUSH],
    ['as a text', { 'Content-Type': 'text/plain' }, PUSH],
    ['in Latin 1', { 'Content-Type': 'text/plain; charset=ISO-8859-1' }, Buffer.from(PUSH, 'latin1')],
    ['in a character set that there isn’t', { 'Content-Type': 'text/plain; charset=nonsense' }, PUSH],
    ['packed', { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }, gzipSync(PUSH)],
    ['as another kind of JSON', { 'Content-Type': 'text/json; charset=utf-8' }, PUSH],
    ['as JSON of a maker', { 'Content-Type': 'application/vnd.dinstar+json' }, PUSH],
    ['as a problem', { 'Content-Type': 'application/problem+json' }, PUSH],
    ['as bytes', { 'Content-Type': 'application/octet-stream' }, PUSH],
    ['by a name that says it is a form and isn’t read as one', { 'Content-Type': 'text/x-www-form-urlencoded' }, PUSH],
  ];

  describe('on a port of its own', () => {
    let port: number;
    beforeEach(async () => {
      port = await freePort();
      await load([
        tab,
        drawn('dinstar-push-receiver', 'push', { listen: port, limit: 1, wires: [['out']] }),
        catcher('out'),
      ]);
    });
    const post = (body: Buffer | string, headers: Record<string, string>): Promise<number> =>
      fetch(`http://127.0.0.1:${port}/dinstar/push`, { method: 'POST', body, headers }).then(({ status }) => status);

    for (const [name, headers, body] of [...kinds, ['called a form', { 'Content-Type': FORM }, PUSH] as const]) {
      it(`arrives as it was sent ${name}`, async () => {
        const out = inboxOf('out');
        should(await post(body, headers)).equal(200);
        should(await out.first()).match({ payload: SMS });
      });
    }

    it('is refused when it unpacks to more than the limit, or not at all', async () => {
      const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' };
      should(await post(gzipSync(JSON.stringify({ sms: 'x'.repeat(5000) })), headers)).equal(413);
      should(await post('no gzip', headers)).equal(400);
    });

    it('is refused in several parts', async () => {
      const body = `--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n${PUSH}\r\n--x--\r\n`;
      should(await post(body, { 'Content-Type': 'multipart/form-data; boundary=x' })).equal(400);
    });
  });

  describe('on Node-RED’s own port, where its parser comes first,', () => {
    beforeEach(() => load([tab, drawn('dinstar-push-receiver', 'push', { wires: [['out']] }), catcher('out')]));
    const post = (body: Buffer | string, headers: Record<string, string>) =>
      request(nodeApp('parsed'))
        .post('/dinstar/push')
        .set(headers)
        .serialize((sent: unknown) => sent as string)
        .send(body);

    for (const [name, headers, body] of kinds) {
      it(`arrives as it was sent ${name}`, async () => {
        const out = inboxOf('out');
        await post(body, headers).expect(200);
        should(await out.first()).match({ payload: SMS });
      });
    }

    it('called a form is taken only where nothing was lost, else refused, saying why', async () => {
      const out = inboxOf('out');
      const { text } = await post(PUSH, { 'Content-Type': FORM }).expect(400);
      should(text).match(/application\/json/);
      await post('{"sn":"da-1","exception_info":{"text":"a+b"}}', { 'Content-Type': FORM }).expect(400);
      await post('{"sn":"da-1","exception_info":{"text":"a=b"}}', { 'Content-Type': FORM }).expect(400);
      await post('{"sn":"da-1","exception_info":{"text":"a%41"}}', { 'Content-Type': FORM }).expect(400);
      should(out.all).be.empty();
      await post('{"sn":"da-1","odd":{"text":"whole"}}', { 'Content-Type': FORM }).expect(200);
      should(await out.first()).match({ topic: 'odd', payload: { text: 'whole' } });
    });
  });
});
