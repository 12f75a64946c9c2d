import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();

/** As short as it can be. */
const soon = (condition: string, threshold?: number): object => ({ condition, threshold, hold: 0 });

describe('watch', () => {
  inNodeRed(clock);
  let simulators: Simulator[];
  let ids: string[];
  let node: string;
  beforeEach(async () => {
    node = freshId('watch');
    const start = () => startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    simulators = [await start(), await start()];
    ids = [freshId('farm'), freshId('mill')];
  });
  afterEach(() => Promise.all(simulators.map((simulator) => simulator.close())));

  const gateway = (place: number): FlowNode => ({
    ...{ id: ids[place] ?? '', type: 'dinstar-gateway', name: ['farm', 'mill'][place] },
    url: simulators[place]?.url,
    timezone: '',
  });
  const flow = (properties: object, ...gateways: FlowNode[]): FlowNode[] => [
    tab,
    ...gateways,
    drawn('dinstar-watch', node, { wires: [['told'], ['beats']], ...properties }),
    // What makes the gateways heard before the watch would ask them.
    ...gateways.map(({ id }) =>
      drawn('dinstar-port-info', `${id}-ports`, {
        gateway: id,
        mode: 'watch',
        interval: 1,
        infoTypes: ['reg'],
        wires: [[]],
      }),
    ),
    catcher('told'),
    catcher('beats'),
    ...catchAll('errors'),
  ];
  const loseAll = (simulator: Simulator | undefined): void => {
    for (let port = 0; port < 8; port++) simulator?.port(port)?.unregister();
  };

  it('tells that a gateway has no SIM, by one that has, and that it has one again', async () => {
    await load(flow({ conditions: [soon('no-ready-sim', 1)] }, gateway(0), gateway(1)));
    loseAll(simulators[0]);
    const told = inboxOf('told');
    const raised = await told.first(({ topic }) => topic === 'no-ready-sim', 30_000);
    should(raised.payload).match({
      condition: 'no-ready-sim',
      state: 'raised',
      threshold: 1,
      gateway: { id: ids[0], name: 'farm' },
      since_iso: /^\d{4}-.*Z$/,
      text: /\w/,
    });
    should(raised.payload).not.have.property('alone');
    should((raised.payload as { value: number }).value).be.aboveOrEqual(1);
    should(raised.gateway).match({ id: ids[1], name: 'mill' });
    simulators[0]?.port(3).register();
    const cleared = await told.first(({ payload }) => (payload as { state: string }).state === 'cleared', 30_000);
    should(cleared.payload).match({ condition: 'no-ready-sim', gateway: { id: ids[0] } });
    should(told.all).have.length(2);
  });

  it('says that a gateway it is to watch is not there, and then no heartbeat leaves', async () => {
    await load(flow({ gateways: [ids[0], 'nobody'] }, gateway(0)));
    const { error } = (await inboxOf('errors').first()) as unknown as {
      error: Error & { code: string; cause: object };
    };
    should(error).match({ code: 'NOT_CONFIGURED', message: 'Gateways: there is no gateway node nobody' });
    should(error.cause).match({ field: 'gateways' });
  });

  it('names a gateway that a deploy takes away without making the watch anew', async () => {
    const two = flow({ gateways: [ids[0], ids[1]] }, gateway(0), gateway(1));
    await load(two);
    await deploy(
      two.filter(({ id }) => id !== ids[1] && id !== `${ids[1]}-ports`),
      'nodes',
    );
    const { error } = (await inboxOf('errors').first()) as unknown as { error: Error & { code: string } };
    should(error).match({ code: 'NOT_CONFIGURED', message: `Gateways: there is no gateway node ${ids[1]}` });
  });

  it('says that there is no other gateway to tell it by', async () => {
    await load(flow({ conditions: [soon('no-ready-sim', 1)] }, gateway(0)));
    loseAll(simulators[0]);
    const raised = await inboxOf('told').first(({ topic }) => topic === 'no-ready-sim', 30_000);
    should(raised).not.have.property('gateway');
    should(raised.payload).match({ alone: true, text: /alone/ });
  });

  for (const [conditions, why] of [
    [[{ condition: 'no-sim' }], /row 1: condition must be one of gateway-unreachable/],
    [[soon('clock-off'), { condition: 'canary', threshold: 'two' }], /row 2: threshold must be a number/],
    [[{ condition: 'canary', hold: -1 }], /row 1: hold must be a number/],
    [[{ condition: 'canary', enabled: 'perhaps' }], /row 1: enabled must be/],
    [[null], /row 1: condition/],
    ['{}', /must be an array/],
  ] as const) {
    it(`refuses ${JSON.stringify(conditions)}, naming the row`, async () => {
      await load(flow({ conditions }));
      const { error } = (await inboxOf('errors').first()) as { error?: { message?: string } };
      should(error?.message).match(why);
    });
  }
});
