import should from 'should';
import { closeAll, gatewayThat, simulated } from './helpers';

describe('received SMS', () => {
  afterEach(closeAll);

  it('are asked for by id, flag and port', async () => {
    const { client, server } = await gatewayThat(() => ({ json: { error_code: 200, sms: [] } }));
    await client.queryIncomingSms({ incoming_sms_id: 12, flag: 'all', port: [0, 5] });
    await client.queryIncomingSms({ port: [] });
    await client.queryIncomingSms();
    should(server.seen.map(({ url }) => url)).deepEqual([
      '/api/query_incoming_sms?incoming_sms_id=12&flag=all&port=0%2C5',
      '/api/query_incoming_sms',
      '/api/query_incoming_sms',
    ]);
  });

  it('are counted, and keep what later firmware adds', async () => {
    const sms = {
      incoming_sms_id: '7',
      port: '0',
      number: 'Bank',
      text: '',
      imsi: '46001',
      timestamp: '2016-07-12 15:46:18',
    };
    const { client } = await gatewayThat(() => ({
      json: { error_code: 200, sms: [sms], read: '3', unread: 0, sn: 'da00' },
    }));
    should(await client.queryIncomingSms()).deepEqual({
      error_code: 200,
      read: 3,
      unread: 0,
      sn: 'da00',
      sms: [{ ...sms, incoming_sms_id: 7, port: 0, smsc: '', timestamp_iso: '2016-07-12T15:46:18.000Z' }],
    });
  });

  it('need an id; one without, or whose sender is no text, is passed over, with its id and the reason', async () => {
    const sms = { incoming_sms_id: 7, port: 0, number: '1', text: 'secret' };
    const good = { ...sms, incoming_sms_id: 8 };
    for (const [field, given, why] of [
      ['incoming_sms_id', undefined, 'incoming_sms_id is missing'],
      ['number', {}, 'number is not a text'],
    ] as const) {
      const { client } = await gatewayThat(() => ({
        json: { error_code: 200, sms: [{ ...sms, [field]: given }, good] },
      }));
      const { sms: read, unreadable = [] } = await client.queryIncomingSms();
      should(read.map(({ incoming_sms_id }) => incoming_sms_id)).eql([8]);
      should(unreadable).have.length(1);
      should(unreadable[0]?.why).containEql(why).and.not.containEql('secret');
      should(unreadable[0]?.incoming_sms_id).equal(field === 'incoming_sms_id' ? undefined : 7);
    }
  });

  it('may hold something that is no record at all', async () => {
    const { client } = await gatewayThat(() => ({
      json: { error_code: 200, sms: ['?', null, { incoming_sms_id: 1, port: 0, number: '1' }] },
    }));
    const reply = await client.queryIncomingSms();
    should(reply.sms).have.length(1);
    should(reply.unreadable).have.length(2);
  });

  it('are read page by page, each once, though the gateway cuts its lists', async () => {
    const { client, simulator } = await simulated({ replyLimit: 700 });
    const texts = Array.from({ length: 20 }, (_, index) => `message ${index}, 👋 "quoted" \n`);
    for (const text of texts) simulator.receive({ port: 0, number: '10086', text });
    const read: string[] = [];
    let pages = 0;
    for (let last = 0; ; pages++) {
      const { sms } = await client.queryIncomingSms({ incoming_sms_id: last, flag: 'all' });
      if (sms.length === 0) break;
      read.push(...sms.map(({ text }) => text));
      last = Math.max(...sms.map(({ incoming_sms_id }) => incoming_sms_id));
    }
    should(read).deepEqual(texts);
    should(pages).be.above(2);
  });
});
