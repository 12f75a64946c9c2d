import should from 'should';
import supertest from 'supertest';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeApp, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const NUMBER = '+4366412345678';
const TEXT = 'The secret of the farm';

const clock = new FlowClock();

describe('metrics', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  let metrics: string;
  let port: number;
  beforeEach(async () => {
    [gateway, metrics] = [freshId('gateway'), freshId('metrics')];
    port = await freePort();
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
  });
  afterEach(() => simulator.close());

  const flow = (own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', name: `farm ${gateway}`, url: simulator.url, timezone: '' },
    { id: metrics, type: 'dinstar-metrics', listen: port, ...own },
    drawn('dinstar-watch', `${metrics}-watch`, { metrics, conditions: [{ condition: 'clock-off', enabled: false }] }),
    drawn('dinstar-send-sms', `${gateway}-send`, {
      gateway,
      until: 'sent',
      untilType: 'str',
      wires: [['sent'], [], []],
    }),
    catcher('sent'),
    ...catchAll('errors'),
  ];
  const read = (page: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`http://127.0.0.1:${port}/dinstar${page}`, { headers });
  const statusOf = async (...request: Parameters<typeof read>): Promise<number> => (await read(...request)).status;
  /** Resolves with the metrics when they hold this. */
  const showing = async (wanted: RegExp): Promise<string> => {
    for (let seconds = 0; ; seconds++) {
      const text = await (await read('/metrics')).text();
      if (wanted.test(text) || seconds === 20) return text;
      await clock.advance(1000);
    }
  };

  it('counts what was sent and shows how the gateway does, without a number or a text', async () => {
    await load(flow());
    nodeOf(`${gateway}-send`).receive({ to: NUMBER, payload: TEXT });
    await inboxOf('sent').first();
    const own = `gateway="farm ${gateway}"`;
    const text = await showing(new RegExp(`dinstar_gateway_up\\{${own}\\} 1`));
    should(text).match(new RegExp(`dinstar_sms_total\\{${own},status="(?:SENT_OK|DELIVERED)"\\} 1\\n`));
    should(text).match(new RegExp(`dinstar_sms_segments_total\\{${own}\\} 1\\n`));
    should(text).match(new RegExp(`dinstar_waiting\\{${own},priority="high"\\} 0\\n`));
    should(text).match(new RegExp(`dinstar_oldest_waiting_seconds\\{${own},priority="normal"\\} 0\\n`));
    should(text).match(/dinstar_stage_seconds_bucket\{le="300",gateway="[^"]*",stage="waited"\} 1/);
    should(text).match(/^dinstar_store_durable [01]$/m);
    should(text).match(/^# HELP dinstar_in_doubt ./m);
    should(text).match(/^# TYPE dinstar_sms_total counter$/m);
    should(text).not.match(/4366412345678|secret/);
    const names = new Set(
      [...text.matchAll(/^(?!#)\w+\{([^}]*)\}/gm)].flatMap(([, all = '']) => all.match(/\w+(?==)/g) ?? []),
    );
    const allowed = ['gateway', 'status', 'priority', 'port', 'stage', 'le', 'code', 'count', 'per', 'condition'];
    should([...names].filter((name) => !allowed.includes(name))).eql([]);
  });

  it('answers to the token alone, in the path or as a bearer, and tells others nothing', async () => {
    await load(flow(), { [metrics]: { token: 'open-sesame' } });
    const bearer = { Authorization: 'Bearer open-sesame' };
    should(await statusOf('/open-sesame/metrics')).equal(200);
    should(await statusOf('/metrics', bearer)).equal(200);
    should(await statusOf('/health', bearer)).equal(200);
    should(await statusOf('/open-sesame/ready')).equal(200);
    for (const page of ['/metrics', '/wrong/metrics', '/health', '/ready', '/open-sesame', '/open-sesame/x', '/a/b/c'])
      should(await statusOf(page)).equal(404, page);
    should(await statusOf('/metrics', { Authorization: 'Bearer wrong' })).equal(404);
    should((await fetch(`http://127.0.0.1:${port}/dinstar/metrics`, { method: 'POST' })).status).equal(404);
  });

  it('lets only those addresses read that are allowed', async () => {
    await load(flow({ allow: '10.0.0.0/8', trustProxy: '127.0.0.1' }));
    should(await statusOf('/metrics')).equal(404);
    should(await statusOf('/metrics', { 'X-Forwarded-For': '10.1.2.3' })).equal(200);
  });

  it('says by /health what is wrong, with its gateway and a text', async () => {
    const flowOf = flow().map((node) =>
      node.type === 'dinstar-watch'
        ? { ...node, conditions: [{ condition: 'no-ready-sim', threshold: 1, hold: 0 }] }
        : node,
    );
    await load([
      ...flowOf,
      drawn('dinstar-port-info', `${gateway}-ports`, {
        gateway,
        mode: 'watch',
        interval: 1,
        infoTypes: ['reg'],
        wires: [[]],
      }),
    ]);
    for (let place = 0; place < 8; place++) simulator.port(place).unregister();
    await clock.advance(20_000);
    const answer = await read('/health');
    should(answer.status).equal(503);
    should(answer.headers.get('content-type')).match(/json/);
    should(await answer.json()).match({
      ok: false,
      reasons: [{ condition: 'no-ready-sim', gateway: { id: gateway }, since_iso: /Z$/, text: /\w/ }],
    });
  });

  it('is on the port of Node-RED where it has none of its own', async () => {
    await load(flow({ listen: 0, path: '/health of gsm'.replace(/ /g, '-') }));
    await supertest(nodeApp())
      .get('/health-of-gsm/metrics')
      .expect(200, /dinstar_sms_total/);
    await supertest(nodeApp()).get('/health-of-gsm/ready').expect(200);
    await supertest(nodeApp()).get('/health-of-gsm').expect(404);
  });

  it('tells what is wrong with its properties to the tabs that use it', async () => {
    await load(flow({ allow: 'nowhere' }));
    const { error } = (await inboxOf('errors').first()) as { error?: { message?: string } };
    should(error?.message).match(/nowhere/);
    should(await statusOf('/metrics').catch(() => 0)).equal(0);
  });
});
