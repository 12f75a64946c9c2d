import should from 'should';
import { closeAll, gatewayThat } from './helpers';

describe('records of SMS that cannot be read', () => {
  afterEach(closeAll);

  const readable = { port: 0, number: '1', user_id: 1, status: 'SENT_OK' };
  const bad = [{ user_id: 7 }, { user_id: 8, number: '123' }, { number: '456' }];
  const given = () => gatewayThat(() => ({ json: { error_code: 200, result: [readable, ...bad] } }));

  it('may be of the SMS asked for by their user_id, or where they have none', async () => {
    const { client } = await given();
    should((await client.querySmsResult({ user_id: [8] })).unreadable).deepEqual([
      { number: '123', status: '', user_id: 8 },
      { number: '456', status: '' },
    ]);
  });

  it('may all be of them where no user_id is asked for', async () => {
    const { client } = await given();
    should((await client.querySmsResult({ number: ['1'] })).unreadable).have.length(3);
  });

  it('are known by their id in the inbox, also by an untidy key', async () => {
    const { client } = await gatewayThat(() => ({
      json: { error_code: 200, sms: [{ 'Incoming SMS ID': '5', text: ['x'] }, { text: ['x'] }] },
    }));
    const { unreadable } = await client.queryIncomingSms();
    should(unreadable?.map(({ incoming_sms_id }) => incoming_sms_id)).deepEqual([5, undefined]);
    should(unreadable?.[1]).not.have.property('incoming_sms_id');
  });

  it('are all known by their ids, however many there are: the next page begins after the last of them', async () => {
    const ids = Array.from({ length: 20 }, (_, place) => 100 + place);
    const sms = ids.map((incoming_sms_id) => ({ incoming_sms_id, text: ['x'] }));
    const { client } = await gatewayThat(() => ({ json: { error_code: 200, sms } }));
    const { unreadable } = await client.queryIncomingSms();
    should(unreadable?.map(({ incoming_sms_id }) => incoming_sms_id)).deepEqual(ids);
  });
});
