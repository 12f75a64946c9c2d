import should from 'should';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, logged } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { startWireServer } from '../support/wire-server';

const clock = new FlowClock();

describe('an incoming SMS whose text the gateway writes without escaping it', () => {
  inNodeRed(clock);

  const raw = (id: number, text: string): string =>
    `{"incoming_sms_id":${id},"port":0,"number":"+4917${id}","smsc":"","timestamp":"2026-11-28 12:00:00","text":"${text}"}`;

  it('hides no other, and is said once', async () => {
    const list = [raw(1, 'one'), raw(2, 'say "hi" now'), raw(3, 'C:\\dir'), raw(4, 'one " alone'), raw(5, 'five')];
    const server = await startWireServer(({ url }) => {
      if (!url.includes('query_incoming_sms')) return { json: { error_code: 200 } };
      const after = Number(/incoming_sms_id=(\d+)/.exec(url)?.[1] ?? 0);
      return { text: `{"error_code":200,"sms":[${list.slice(after).join(',')}],"read":0,"unread":${list.length}}` };
    });
    try {
      const gateway = freshId('gateway');
      await load([
        tab,
        { id: gateway, type: 'dinstar-gateway', url: server.url, timezone: 'UTC' } as FlowNode,
        drawn('dinstar-receive-sms', 'receive', { gateway, backlog: true, interval: 10, wires: [['out']] }),
        catcher('out'),
      ]);
      const out = inboxOf('out');
      const texts = (): string[] => out.all.map(({ payload }) => (payload as { text: string }).text);
      await out.count(2);
      list.push(raw(6, 'six'));
      await out.count(3);
      should(texts()).deepEqual(['one', 'five', 'six']);
      for (const id of [2, 3, 4]) {
        const said = logged().filter((line) => line.includes(`incoming_sms_id ${id})`) && line.includes('passed over'));
        should(said).have.length(1);
      }
    } finally {
      await server.close();
    }
  });
});
