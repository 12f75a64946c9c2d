import should from 'should';
import type { Outcome, Recipient } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
const HOUR = 3_600_000;
const NUMBERS = ['+491700000000', '+491700000001'] as const;

describe('send sms, where two flows answer each other', () => {
  inNodeRed(clock);
  let simulators: Simulator[];
  /** How many of each gateway's SMS have come in at the other. */
  let seen: [number, number];
  let ids: { gateway: string; receive: string; send: string }[];
  beforeEach(async () => {
    simulators = [];
    seen = [0, 0];
    ids = [];
    for (const _ of NUMBERS) {
      simulators.push(await startSimulator({ ...simulatorTime(clock), speed: 'fast', timezone: 'UTC' }));
      ids.push({ gateway: freshId('gateway'), receive: freshId('receive'), send: freshId('send') });
    }
  });
  afterEach(() => Promise.all(simulators.map((simulator) => simulator.close())));

  const flow = (own: object): FlowNode[] => [
    tab,
    ...ids.flatMap(({ gateway, receive, send }, place) => [
      { id: gateway, type: 'dinstar-gateway', url: simulators[place]?.url, timezone: 'UTC', ...own },
      drawn('dinstar-receive-sms', receive, { gateway, interval: 60, wires: [[send]] }),
      drawn('dinstar-send-sms', send, {
        ...{
          gateway,
          text: 'I am away',
          textType: 'str',
          until: 'accepted',
          wait: '0',
          wires: [[], ['missed'], ['updates']],
        },
      }),
    ]),
    ...['missed', 'updates'].map(catcher),
    ...catchAll('errors'),
  ];
  const sent = (): number[] => simulators.map(({ submitted }) => submitted.length);
  /** What one gateway sends comes in at the other. */
  const relay = async (turns: number): Promise<void> => {
    for (let turn = 0; turn < turns; turn++) {
      for (const place of [0, 1] as const) {
        const news = simulators[place]?.submitted.slice(seen[place]) ?? [];
        seen[place] = simulators[place]?.submitted.length ?? 0;
        const number = NUMBERS[place] ?? '';
        for (const { text } of news) simulators[1 - place]?.receive({ port: 0, number, text });
      }
      await clock.advance(61_000);
    }
  };
  const start = (): void => nodeOf(ids[0]?.send ?? '').receive({ to: NUMBERS[1] });

  it('stops by itself at the limit, says so, and ends what was held', async () => {
    await load(flow({ maxPerRecipient: 3 }));
    await clock.advance(61_000);
    const missed = inboxOf('missed');
    const updates = inboxOf('updates');
    start();
    await relay(10);
    should(sent()).eql([3, 3]);
    should(updates.all.filter(({ payload }) => (payload as Recipient).held)).match([
      { payload: { status: 'QUEUED', held: { by: 'loop-guard', until_iso: /Z$/ } } },
    ]);
    await clock.advance(HOUR);
    const [{ payload } = { payload: undefined }] = await missed.count(1);
    should(payload as Outcome).match({ ok: false, failed: 1 });
    should((payload as Outcome).recipients).match([{ status: 'WITHHELD', error: { code: 'LOOP' } }]);
    await relay(3);
    should(sent()).eql([3, 3]);
  });

  it('goes on where a saved gateway node doesn’t know the limit', async () => {
    await load(flow({}));
    await clock.advance(61_000);
    start();
    await relay(10);
    should(Math.min(...sent())).be.above(3);
  });
});
