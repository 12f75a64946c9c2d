import should from 'should';
import { closeAll, gateway, get, post } from '../helpers';

interface Page {
  sms: { incoming_sms_id: number; text: string }[];
  read: number;
  unread: number;
}

describe('the simulated inbox', () => {
  afterEach(closeAll);

  it('answers the example of manual 6.4', async () => {
    const simulator = await gateway({ now: () => Date.UTC(2014, 11, 9, 17, 11, 18) });
    const id = simulator.receive({ port: 2, number: '123456789', text: 'This is a test', smsc: '+8613800123456' });
    should(id).equal(1);
    should(await get(simulator, '/api/query_incoming_sms?flag=all')).deepEqual({
      error_code: 200,
      sms: [
        {
          incoming_sms_id: 1,
          port: 2,
          number: '123456789',
          smc: '+8613800123456',
          timestamp: '2014-12-09 17:11:18',
          text: 'This is a test',
        },
      ],
      read: 1,
      unread: 0,
    });
  });

  it('marks messages read as it hands them out, so that unread ones come once', async () => {
    const simulator = await gateway();
    const ids = async (query: string) =>
      ((await get(simulator, `/api/query_incoming_sms${query}`)) as unknown as Page).sms.map(
        (sms) => sms.incoming_sms_id,
      );
    simulator.receive({ port: 0, number: '1', text: 'a' });
    simulator.receive({ port: 1, number: '1', text: 'b' });
    should(await ids('?port=1')).deepEqual([2]);
    should(await ids('?flag=read')).deepEqual([2]);
    should(await ids('')).deepEqual([1]);
    should(await ids('')).deepEqual([]);
    should(await ids('?flag=all&incoming_sms_id=1')).deepEqual([2]);
    should(await get(simulator, '/api/query_incoming_sms?flag=none')).have.property('error_code', 400);
  });

  it('cuts its answers near 8 KB: the next page begins after the last id', async () => {
    const simulator = await gateway();
    for (let index = 0; index < 60; index += 1) {
      simulator.receive({ port: 0, number: '1', text: `${index} ${'ä'.repeat(300)}` });
    }
    const seen: number[] = [];
    for (let pages = 0; pages < 60; pages += 1) {
      const path = `/api/query_incoming_sms?flag=all&incoming_sms_id=${seen.at(-1) ?? 0}`;
      const text = await (await fetch(simulator.url + path)).text();
      should(Buffer.byteLength(text)).be.belowOrEqual(8192);
      const page = JSON.parse(text) as Page;
      if (page.sms.length === 0) break;
      seen.push(...page.sms.map((sms) => sms.incoming_sms_id));
    }
    should(seen).deepEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  });

  it('starts its ids again when told to, in an empty database', async () => {
    const simulator = await gateway();
    simulator.receive({ port: 0, number: '1', text: 'old' });
    simulator.reboot({ seconds: 0.05, idsStartAgain: true });
    should(simulator.receive({ port: 0, number: '1', text: 'new' })).equal(1);
  });

  it('loses what somebody deletes on its web page: some SMS or all, and goes on counting', async () => {
    const simulator = await gateway();
    const receive = (text: string) => simulator.receive({ port: 0, number: '1', text });
    for (const text of ['a', 'b', 'c']) receive(text);
    const ids = async () =>
      ((await get(simulator, '/api/query_incoming_sms?flag=all')) as unknown as Page).sms.map(
        ({ incoming_sms_id }) => incoming_sms_id,
      );
    should(await post(simulator, '/simulator/incoming/delete', { ids: [2] })).eql({ ok: true });
    should(await ids()).eql([1, 3]);
    should((await post(simulator, '/simulator/incoming/delete', { ids: ['2'] })).error).equal(
      'ids[0] must be a number',
    );
    simulator.deleteIncoming();
    should(await ids()).eql([]);
    should(receive('d')).equal(4);
  });

  it('starts its ids again while it runs', async () => {
    const simulator = await gateway();
    for (const text of ['a', 'b']) simulator.receive({ port: 0, number: '1', text });
    await post(simulator, '/simulator/incoming/restart', {});
    should(simulator.receive({ port: 0, number: '1', text: 'c' })).equal(1);
    should(await get(simulator, '/api/query_incoming_sms?flag=all')).match({
      sms: [{ incoming_sms_id: 1, text: 'c' }],
    });
  });
});
