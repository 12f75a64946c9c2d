import should from 'should';
import { closeAll } from '../lib/gateway-api/helpers';
import { documented, example } from './helpers';

describe("the manual's examples of the SIM toolkit", () => {
  afterEach(closeAll);

  it('look at a menu (13.4)', async () => {
    const { asked, reply } = await example(
      '{"title":"神州行天地", "item": [{"item_id":1, "item_string":"item1_text"}, {"item_id":2, "item_string":"itme2_text"}, {"item_id":3, "item_string":"item3_text"}], "input_type":"2", "frame_id":750}',
      (client) => client.getStkView({ port: 0 }),
    );
    should(asked).deepEqual(documented('http://gateway_ip/GetSTKView?port=0'));
    should(reply).deepEqual({
      error_code: 200,
      port: 0,
      title: '神州行天地',
      text: '',
      input_type: 2,
      input_kind: 'select',
      frame_id: 750,
      item: [
        { item_id: 1, item_string: 'item1_text' },
        { item_id: 2, item_string: 'itme2_text' },
        { item_id: 3, item_string: 'item3_text' },
      ],
    });
  });

  it('select an item, and go back (14.3)', async () => {
    const type = '-H "Content-Type: application/json" -H "Content-Type: application/json"';
    const select = await example('', (client) => client.stkGo({ port: 7, item: 1 }));
    should(select.asked).deepEqual(documented(`curl -d '{"port":7,"item":1}' ${type} http://gateway_ip/STKGo`));
    const cancel = await example('', (client) => client.stkGo({ port: 7, action: 'cancel' }));
    should(cancel.asked).deepEqual(
      documented(`curl -d '{"port":7,"action":"candle"}' ${type} http://gateway_ip/STKGo`),
    );
    for (const { reply } of [select, cancel]) should(reply).deepEqual({ error_code: 200 });
  });

  it('ask which frame is shown (15.4)', async () => {
    const { asked, reply } = await example('{"frame_id":32}', (client) => client.getStkCurrFrameIndex({ port: 0 }));
    should(asked).deepEqual(documented('http://gateway_ip/GetSTKCurrFrameIndex?port=0'));
    should(reply).deepEqual({ error_code: 200, port: 0, frame_id: 32 });
  });
});
