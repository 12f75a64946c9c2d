import should from 'should';
import { until } from '../../support/until';
import { closeAll, gateway, get, post, sendSms } from '../helpers';

describe('the two clocks of a simulated gateway', () => {
  afterEach(closeAll);
  const NOW = Date.parse('2026-11-28T12:00:00Z');
  type Rows = { result: { time: string }[]; sms: { timestamp: string }[]; cdr: { start_date: string }[] };
  const rows = async (path: string, body?: object, simulator = open): Promise<Rows> => {
    const answer = body ? await post(simulator, path, body) : await get(simulator, path);
    return answer as unknown as Rows;
  };
  let open: Awaited<ReturnType<typeof gateway>>;

  it('stamp results and calls by the one, incoming SMS and delivery reports by the other', async () => {
    open = await gateway({ deviceAhead: -3600, networkAhead: 7200, now: () => NOW });
    await sendSms(open, '123456');
    const reports = async () => (await rows('/api/query_sms_deliver_status', {})).result;
    await until(async () => (await reports()).length > 0);
    should((await reports())[0]?.time).equal('2026-11-28 14:00:00');
    should((await rows('/api/query_sms_result', {})).result[0]?.time).equal('2026-11-28 11:00:00');
    open.receive({ port: 0, number: '1', text: 'Hi' });
    should((await rows('/api/query_incoming_sms?flag=all')).sms[0]?.timestamp).equal('2026-11-28 14:00:00');
    open.addCall({ port: 0 });
    should((await rows('/api/get_cdr', {})).cdr[0]?.start_date).equal('2026-11-28 11:00:00');
    const { headers } = await fetch(`${open.url}/api/query_sms_in_queue`);
    should(headers.get('date')).equal('Sat, 28 Nov 2026 11:00:00 GMT');
  });

  it('are set while it runs, each by itself', async () => {
    open = await gateway({ now: () => NOW });
    await post(open, '/simulator/clocks', { network: 60 });
    open.receive({ port: 0, number: '1', text: 'Hi' });
    open.addCall({ port: 0 });
    should((await rows('/api/query_incoming_sms?flag=all')).sms[0]?.timestamp).equal('2026-11-28 12:01:00');
    should((await rows('/api/get_cdr', {})).cdr[0]?.start_date).equal('2026-11-28 12:00:00');
  });
});
