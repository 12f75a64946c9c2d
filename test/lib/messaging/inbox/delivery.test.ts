import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { EmitOutbox } from '../../../../lib/messaging/inbox/EmitOutbox';

const sms = (more: object = {}): IncomingSms => ({ incoming_sms_id: 1, number: '1', smsc: '', text: 'x', ...more });

describe('SMS on their way into a flow', () => {
  it('count as written only when there is a text to write: one that can’t be made hides nothing for ever', () => {
    const delivery = new EmitOutbox('key');
    const loop: { self?: unknown } = {};
    loop.self = loop;
    delivery.add([{ sms: sms({ loop }), doubtful: false }]);
    should(() => delivery.changes()).throw();
    should(() => delivery.changes()).throw();
    delete loop.self;
    should(delivery.changes()?.note).containEql('"text":"x"');
    should(delivery.changes()).be.undefined();
  });
});
