import should from 'should';
import { untidyJson } from '../../../simulator/device/untidy';
import { until } from '../../support/until';
import { closeAll, gateway, receiver } from '../helpers';

describe('the untidy wire', () => {
  afterEach(closeAll);

  it('has the faults of the manual’s own examples', () => {
    should(untidyJson({ error_code: 200, result: [{ port: 0, number: '1', count: 3 }] })).equal(
      '{"error code":200, " result":\u3000[{"port":0, " number":\u3000"1", "count":"3"},]}',
    );
    should(untidyJson({ input_type: 2, item: [] })).equal('{"input_type":"2", " item":\u3000[]}');
    should(untidyJson({ cdr: [{ port: 2 }] })).equal('{"info":[{"port":2},]}');
    should(untidyJson([{ smc: 'a' }, { smc: 'b' }])).equal('[{"smc":"a"}, {"sms_c":"b"},]');
  });

  it('mirrors the outcome in the HTTP status and is the same for pushes', async () => {
    const web = await receiver();
    const simulator = await gateway({ untidy: true, pushUrl: web.url });
    const param = [{ number: '1', user_id: 7 }];
    const answer = await fetch(`${simulator.url}/api/send_sms`, {
      method: 'POST',
      body: JSON.stringify({ text: 'x', param, request_status_report: false }),
    });
    should(answer.status).equal(202);
    should(await answer.text()).equal('{"error code":202, " sms_in_queue":\u3000"1", "task_id":"1"}');
    await until(() => web.bodies.length === 1);
    should(web.bodies[0]).match(/^{"sn":"da00-0030-1901-2817", " sms_result":\u3000\[{"port":0, " user_id":\u3000"7"/);
    const bad = await fetch(`${simulator.url}/api/send_sms`, { method: 'POST', body: '{' });
    should(bad.status).equal(400);
  });
});
