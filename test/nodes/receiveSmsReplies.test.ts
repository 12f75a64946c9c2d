import should from 'should';
import type { ReplyTo } from '../../lib/messaging';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
const NUMBER = '+491701234567';

describe('receive sms, an SMS that answers ours', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let [receiver, reader, sender] = ['', '', ''];
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC' });
    [gateway, receiver, reader, sender] = ['gateway', 'receive', 'read', 'send'].map(freshId) as [
      string,
      string,
      string,
      string,
    ];
  });
  afterEach(() => simulator.close());

  const flow = (properties: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: simulator.url, timezone: 'UTC', country: 'DE' },
    drawn('dinstar-receive-sms', receiver, { gateway, interval: 5, wires: [['sms']], ...properties }),
    drawn('dinstar-receive-sms', reader, {
      ...{ gateway, mode: 'input', output: 'array', wires: [['list']], ...properties },
    }),
    drawn('dinstar-send-sms', sender, { gateway, wires: [['sent']] }),
    ...['sms', 'list', 'sent'].map(catcher),
    ...catchAll('errors'),
  ];
  const begun = async (): Promise<void> => {
    nodeOf(reader).receive({});
    await clock.advance(6000);
  };
  const send = async (text: string): Promise<{ user_id: number; port: number }> => {
    const left = inboxOf('sent').first();
    nodeOf(sender).receive({ _msgid: `input of ${text}`, to: NUMBER, payload: text });
    const [{ user_id, port = -1 } = { user_id: -1 }] = ((await left).payload as Outcome).recipients;
    return { user_id, port };
  };
  const comesIn = async (port: number): Promise<ReplyTo | undefined> => {
    const there = inboxOf('sms').first();
    simulator.receive({ port, number: '01701234567', text: 'Yes' });
    return ((await there).payload as { reply_to?: ReplyTo }).reply_to;
  };

  it('says which, by whom it was sent, and that this is certain, also after a deploy', async () => {
    await load(flow());
    await begun();
    const { user_id, port } = await send('Will you come?');
    const expected = { user_id, input: 'input of Will you come?', text: 'Will you come?', certain: true };
    should(await comesIn(port)).match(expected);
    await deploy(flow({ name: 'other' }));
    const answer = await comesIn(port);
    should(answer).match(expected);
    should(Date.parse(answer?.sent_at_iso ?? '')).be.within(clock.now() - 120_000, clock.now());
    const list = inboxOf('list').first();
    nodeOf(reader).receive({});
    should((await list).payload).match([{ reply_to: expected }, { reply_to: expected }]);
  });

  it('says nothing where nobody was texted, or nobody wants to know', async () => {
    await load(flow());
    await begun();
    should(await comesIn(0)).be.undefined();
    const { port } = await send('Hello');
    await deploy(flow({ replyWindow: 0 }));
    should(await comesIn(port)).be.undefined();
  });
});
