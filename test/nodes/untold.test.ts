import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { root } from '../support/repository';

const clock = new FlowClock();

interface Caught {
  error: { code: string; message: string; stack?: string; cause?: { field?: string }; source: { id: string } };
}

/** As Node-RED wants a variable written. */
const variable = (name: string): string => `\${${name}}`;

const CONFIGS = new Set(['gateway', 'store', 'push-receiver']);

/** Each property of each action node, with whether it is typed. */
const properties = (): { type: string; property: string; isTyped: boolean }[] =>
  readdirSync(path.join(root, 'nodes'))
    .filter((name) => !CONFIGS.has(name))
    .flatMap((name) => {
      const { defaults } = require(path.join(root, 'nodes', name, 'config.ts')) as { defaults: object };
      return Object.keys(defaults)
        .filter((property) => property !== 'name' && property !== 'gateway' && !property.endsWith('Type'))
        .map((property) => ({
          type: `dinstar-${name}`,
          property: property === 'info' ? 'infoTypes' : property,
          isTyped: `${property}Type` in defaults,
        }));
    });

describe('what a variable holds', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    gateway = freshId('gateway');
  });
  afterEach(() => {
    delete process.env.UNTOLD;
    return simulator.close();
  });
  const gatewayNode = (own: object = {}): FlowNode => ({
    id: gateway,
    type: 'dinstar-gateway',
    url: simulator.url,
    ...own,
  });
  /** What was caught and logged, once there are at least so many errors. */
  const said = async (
    errors: ReturnType<typeof inboxOf>,
    least: number,
  ): Promise<{ told: Caught[]; all: string[] }> => {
    await errors.count(least);
    await clock.advance(3000);
    const told = errors.all as unknown as Caught[];
    return { told, all: [...told.map(({ error }) => JSON.stringify(error)), ...logged()] };
  };

  for (const value of [
    'hidden-word',
    '99, hidden-word',
    '"hidden-word"',
    'xHIDDEN-Word\u200e 4711',
    '[{"hidden":"word"}]',
  ]) {
    for (const how of ['str', 'json', 'env', 'jsonata'] as const) {
      it(`never shows in an error, of whatever property: ${JSON.stringify(value)}, by the type ${how}`, async () => {
        process.env.UNTOLD = value;
        const cases = properties().filter(({ isTyped }) => how === 'str' || isTyped);
        const nodes = cases.map(({ type, property }, index) =>
          drawn(type, `n${index}`, {
            ...{ gateway, mode: 'input', action: type === 'dinstar-stk' ? 'walk' : undefined },
            [property]: { env: 'UNTOLD', jsonata: '$env("UNTOLD")' }[how as string] ?? variable('UNTOLD'),
            [`${property}Type`]: how,
          }),
        );
        await load([tab, gatewayNode(), ...nodes, ...catchAll('errors')]);
        const errors = inboxOf('errors');
        for (const index of cases.keys())
          nodeOf(`n${index}`).receive({ payload: '1', to: '123', port: 1, action: 'x' });
        const { told, all } = await said(errors, 10);
        should(all.filter((text) => /hidden|HIDDEN|4711/.test(text))).eql([]);
        const own = told.filter(({ error }) => {
          const { property } = cases[Number(error.source.id.slice(1))] ?? {};
          return property !== undefined && new RegExp(`^(${property}|info)\\b`).test(error.cause?.field ?? '');
        });
        should(own.length).be.above(5);
        for (const { error } of own) should(error.message).match(/UNTOLD/, JSON.stringify(error));
      });
    }
  }

  it('shows neither in the errors of a receiver’s path', async () => {
    process.env.UNTOLD = '/hidden(word';
    const receiver = (id: string, own: object): FlowNode => drawn('dinstar-push-receiver', id, own);
    await load([
      ...[tab, gatewayNode(), receiver('bad', { path: variable('UNTOLD') })],
      ...[receiver('first', { path: '/hidden/second' }), receiver('again', { path: variable('UNTOLD2') })],
      ...catchAll('errors'),
    ]);
    const { all } = await said(inboxOf('errors'), 1);
    should(all.filter((text) => /UNTOLD/.test(text))).not.be.empty();
    should(all.filter((text) => /hidden\(|hidden.word/.test(text))).eql([]);
  });

  for (const [value, mode, said_] of [
    ['reg, hidden', 'watch', /doesn't know .*UNTOLD/],
    ['hidden, word', 'input', /none of the info types .*UNTOLD/],
  ] as const) {
    it(`shows not where a gateway refuses info types in it, in mode ${mode}`, async () => {
      process.env.UNTOLD = value;
      await simulator.close();
      simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', refusesInfo: ['hidden', 'word'] });
      const properties = { gateway, mode, interval: 0.1, infoTypes: variable('UNTOLD') };
      await load([tab, gatewayNode(), drawn('dinstar-port-info', 'ports', properties)]);
      for (let looks = 0; looks < 50 && !logged().some((line) => said_.test(line)); looks++) {
        if (mode === 'input') nodeOf('ports').receive({});
        await clock.advance(100);
      }
      should(logged().some((line) => said_.test(line))).be.true();
      should(logged().filter((line) => /hidden|\bword\b/.test(line))).eql([]);
    });
  }

  it('shows not where two receivers have one path by it', async () => {
    process.env.UNTOLD = 'hidden//place';
    const receiver = (id: string): FlowNode => drawn('dinstar-push-receiver', id, { path: variable('UNTOLD') });
    await load([tab, gatewayNode(), receiver('first'), receiver('second'), ...catchAll('errors')]);
    const { told, all } = await said(inboxOf('errors'), 1);
    should(told[0]?.error.message).match(/another push receiver has .*UNTOLD/);
    should(all.filter((text) => /hidden|place/.test(text))).eql([]);
  });
});

describe('a problem of a config node', () => {
  inNodeRed(clock);
  for (const [type, own, message] of [
    ['dinstar-gateway', { url: 'ftp://x' }, /url|Address/],
    ['dinstar-gateway', { url: '' }, /Address|url|address/],
    ['dinstar-gateway', { url: 'simulator:', country: 'Atlantis' }, /country/i],
    ['dinstar-store', { kind: 'postgres' }, /^Connection: .*PostgreSQL/],
    ['dinstar-store', { keepDays: 'many' }, /^Keep finished: must be a number/],
  ] as const) {
    it(`is heard by a Catch node when the flows start: ${type} with ${JSON.stringify(own)}`, async () => {
      const [id, gateway] = [freshId('config'), freshId('gateway')];
      const isStore = type === 'dinstar-store';
      await load([tab, ...catchAll('errors')]);
      const errors = inboxOf('errors');
      await deploy(
        [
          ...[tab, ...catchAll('errors'), { id, type, ...own }],
          ...(isStore ? [{ id: gateway, type: 'dinstar-gateway', url: 'simulator:', store: id }] : []),
          ...['send', 'other'].map((name) => drawn('dinstar-send-sms', name, { gateway: isStore ? gateway : id })),
        ],
        'nodes',
      );
      const { error } = (await errors.first()) as unknown as Caught;
      should(error.message).match(message);
      should(error.source.id).equal(id);
      // Once, however many nodes use it.
      await clock.advance(1000);
      should(errors.all.filter((one) => (one as unknown as Caught).error.source.id === id)).have.length(1);
    });
  }
});
