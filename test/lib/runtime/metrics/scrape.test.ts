import should from 'should';
import * as library from '../../../../lib/runtime/metrics/library';
import { Metrics } from '../../../../lib/runtime/metrics/Metrics';
import { MemoryStore, type Store } from '../../../../lib/store';
import { WatchedCore } from '../../../support/core/WatchedCore';

describe('reading the metrics and the health', () => {
  let watched: WatchedCore;
  let metrics: Metrics;
  /** Calls of the store. */
  let calls: number;
  beforeEach(async () => {
    calls = 0;
    const store = new Proxy<Store>(new MemoryStore({ random: Math.random }), {
      get(target, name) {
        const found = Reflect.get(target, name) as unknown;
        if (typeof found !== 'function') return found;
        return (...given: unknown[]) => {
          calls += 1;
          return found.apply(target, given) as unknown;
        };
      },
    });
    watched = await WatchedCore.start({ store });
    const node = { id: 'gateway', properties: { name: 'farm' } };
    metrics = new Metrics({
      library,
      nodes: { all: () => [node], get: () => node } as never,
      getFacts: () => watched.health.facts,
      getReasons: () => watched.health.reasons,
    });
  });
  afterEach(() => watched.close());

  /** Reads both so often; returns what that asked of the gateway and of the store. */
  const reading = async (times: number): Promise<{ asked: number; calls: number }> => {
    const before = { asked: watched.api.portsAsked, calls };
    for (let time = 0; time < times; time++) {
      should(await metrics.text()).match(/dinstar_/);
      should(watched.health.reasons).be.an.Array();
    }
    return { asked: watched.api.portsAsked - before.asked, calls: calls - before.calls };
  };

  it('asks nothing of a gateway that hangs nor of the store, with a watch or without', async () => {
    const stopReading = watched.health.read();
    watched.hang();
    await watched.pass(120);
    should(await reading(50)).eql({ asked: 0, calls: 0 });
    should(watched.api.portsAsked).equal(0);
    await watched.deploy();
    await watched.pass(120);
    should(watched.api.portsAsked).be.above(0);
    should(await reading(50)).eql({ asked: 0, calls: 0 });
    should(await metrics.text()).match(/dinstar_gateway_up\{gateway="farm"\} 0/);
    stopReading();
  });

  it('costs no more questions over an hour, however often it is done', async () => {
    const stopReading = watched.health.read();
    watched.answer();
    await watched.deploy();
    const asked: number[] = [];
    for (const times of [0, 20]) {
      const before = watched.api.portsAsked;
      for (let minute = 0; minute < 60; minute++) {
        await reading(times);
        await watched.pass(60);
      }
      asked.push(watched.api.portsAsked - before);
    }
    should(Math.abs((asked[0] ?? 0) - (asked[1] ?? 0))).be.belowOrEqual(1);
    stopReading();
  });

  it('costs work that grows with the gateways alone', async () => {
    const seriesOf = async (count: number): Promise<number> => {
      const health = { sims: { ports: new Map([[0, true]]) }, signals: new Map() };
      const fact = { gateway: { health }, silent: 0, isDurable: true, sims: [] };
      const nodes = Array.from({ length: count }, (_, at) => ({ id: `g${at}`, properties: { name: `g${at}` } }));
      const many = new Metrics({
        library,
        nodes: { all: () => nodes, get: (id: string) => nodes.find((node) => node.id === id) } as never,
        getFacts: () => nodes.map(({ id }) => ({ ...fact, ids: [id] })) as never,
        getReasons: () => [],
      });
      return (await many.text()).match(/^dinstar_/gm)?.length ?? 0;
    };
    const [one, two, ten] = [await seriesOf(1), await seriesOf(2), await seriesOf(10)];
    should(ten - one).equal(9 * (two - one));
  });
});
