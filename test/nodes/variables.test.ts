import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catchAll, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';
import { root } from '../support/repository';

const clock = new FlowClock();

/** As Node-RED wants a variable written. */
const variable = (name: string): string => `\${${name}}`;

/** Variables of a tab, as its dialog saves them. */
const tabWith = (env: { name: string; type: string; value: unknown }[]): FlowNode => ({ ...tab, env });

interface Caught {
  error: { code: string; message: string; cause?: object; source: { id: string } };
}
const sourceOf = (message: unknown): string => (message as Caught).error.source.id;

const CONFIGS = new Set(['gateway', 'store']);

/** Each action node with each of its properties, as its config.ts has them. */
const actionProperties = (): [type: string, property: string, fallback: unknown][] =>
  readdirSync(path.join(root, 'nodes'))
    .filter((name) => !CONFIGS.has(name) && name !== 'push-receiver')
    .flatMap((name) => {
      const { defaults } = require(path.join(root, 'nodes', name, 'config.ts')) as { defaults: object };
      return Object.entries(defaults)
        .filter(([property]) => property !== 'name' && !property.endsWith('Type'))
        .map(
          ([property, fallback]) =>
            [`dinstar-${name}`, property === 'info' ? 'infoTypes' : property, fallback] as [string, string, unknown],
        );
    });

describe('variables in what a node was saved with', () => {
  inNodeRed(clock);
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast' });
    gateway = freshId('gateway');
  });
  afterEach(async () => {
    for (const name of ['EMPTY', 'WORD']) delete process.env[name];
    await simulator.close();
  });

  const gatewayNode = (own: object = {}): FlowNode => ({
    id: gateway,
    type: 'dinstar-gateway',
    url: simulator.url,
    ...own,
  });
  const asked = (): string => JSON.stringify(simulator.requests);

  for (const value of [variable('NOT_THERE'), `a ${variable('NOT_THERE')} b`, '$(NOT_THERE)']) {
    it(`refuse every input when ${value} stays unresolved, whatever the property`, async () => {
      const cases = actionProperties();
      const nodes = cases.map(([type, property], index) =>
        drawn(type, `n${index}`, { gateway, [property]: value, [`${property}Type`]: 'str' }),
      );
      await load([tab, gatewayNode(), ...nodes, ...catchAll('errors')]);
      const errors = inboxOf('errors');
      for (const index of cases.keys()) nodeOf(`n${index}`).receive({ payload: '1', to: '123', port: 1 });
      for (const [index, [type, property]] of cases.entries()) {
        const { error } = (await errors.first((one) => sourceOf(one) === `n${index}`)) as unknown as Caught;
        should(error).match({ code: 'INVALID_INPUT', message: /NOT_THERE/ }, `${type} ${property}`);
        should(error.cause).have.property('field', property);
      }
      should(asked()).not.match(/NOT_THERE/);
    });
  }

  it('are put into a property of the type env, whole and as a part, and must be there', async () => {
    const env = [
      { name: 'COUNTRY', type: 'str', value: '+49' },
      { name: 'TO', type: 'str', value: '+491701234567' },
    ];
    const sender = (id: string, to: string): FlowNode =>
      drawn('dinstar-send-sms', id, { gateway, to, toType: 'env', until: 'accepted', wires: [['out'], ['out'], []] });
    await load([
      tabWith(env),
      gatewayNode(),
      ...[sender('bare', 'TO'), sender('whole', variable('TO')), sender('part', `${variable('COUNTRY')}1709999999`)],
      ...[sender('none', 'NOT_THERE'), sender('half', `+49${variable('NOT_THERE')}`)],
      drawn('helper', 'out'),
      ...catchAll('errors'),
    ]);
    const [out, errors] = [inboxOf('out'), inboxOf('errors')];
    for (const id of ['bare', 'whole', 'part', 'none', 'half']) nodeOf(id).receive({ payload: `Hello ${id}` });
    await out.count(3);
    should(simulator.submitted.map(({ number }) => number).sort()).eql([
      '+491701234567',
      '+491701234567',
      '+491709999999',
    ]);
    for (const id of ['none', 'half']) {
      const { error } = (await errors.first((one) => sourceOf(one) === id)) as unknown as Caught;
      should(error).match({ code: 'INVALID_INPUT', message: /there is no variable NOT_THERE/ });
    }
  });

  for (const [name, property, value] of [
    ['an address', 'url', variable('NOT_THERE')],
    ['a part of an address', 'url', `http://${variable('NOT_THERE')}`],
    ['the hourly limit', 'maxPerHour', variable('NOT_THERE')],
    ['a hourly limit that is empty', 'maxPerHour', variable('EMPTY')],
    ['a hourly limit that is a word', 'maxPerHour', variable('WORD')],
    ['a time zone that is none', 'timezone', variable('WORD')],
    ['a country that is none', 'country', variable('WORD')],
    ['its name', 'name', variable('NOT_THERE')],
  ] as const) {
    it(`keep a gateway from being used: ${name}`, async () => {
      process.env.EMPTY = '';
      process.env.WORD = 'secretword';
      await load([
        tab,
        gatewayNode({ [property]: value }),
        drawn('dinstar-send-sms', 'send', { gateway }),
        ...catchAll('errors'),
      ]);
      const errors = inboxOf('errors');
      nodeOf('send').receive({ to: '+491701234567', payload: 'Hello' });
      should(await errors.first()).match({
        error: { code: 'INVALID_INPUT', message: /NOT_THERE|EMPTY|WORD/, cause: { field: property } },
      });
      should(simulator.submitted).have.length(0);
      should(logged().join('\n')).not.match(/secretword/i);
    });
  }

  for (const [field, given] of [
    ['username', variable('NOT_THERE')],
    ['password', variable('NOT_THERE')],
    ['password', `a${variable('NOT_THERE')}`],
    ['password', variable('EMPTY')],
  ] as const) {
    it(`never log in with ${given} as ${field}`, async () => {
      process.env.EMPTY = '';
      const login = { username: 'admin', password: 'admin', [field]: given };
      await load([tab, gatewayNode(), drawn('dinstar-port-info', 'info', { gateway }), ...catchAll('errors')], {
        [gateway]: login,
      });
      const errors = inboxOf('errors');
      nodeOf('info').receive({});
      should(await errors.first()).match({ error: { code: 'INVALID_INPUT', cause: { field } } });
      should(simulator.requests).have.length(0);
    });
  }

  describe('of a push receiver', () => {
    let port: number;
    beforeEach(async () => {
      port = await freePort();
    });
    const post = (place = ''): Promise<number> =>
      fetch(`http://127.0.0.1:${port}/dinstar/push${place}`, { method: 'POST', body: '{"sn":"1"}' }).then(
        ({ status }) => status,
      );
    const receiver = (own: object = {}): FlowNode => drawn('dinstar-push-receiver', 'push', { listen: port, ...own });

    it('are texts in its token, whatever the tab says', async () => {
      const env = [
        { name: 'TOK', type: 'num', value: '42' },
        { name: 'LIST', type: 'json', value: '{"a":1}' },
      ];
      await load([tabWith(env), gatewayNode(), receiver()], { push: { token: variable('TOK') } });
      should(await post('/42')).equal(200);
      should(await post()).equal(404);
    });

    for (const [name, own, token] of [
      ['an empty token', {}, variable('EMPTY')],
      ['a token that is not there', {}, variable('NOT_THERE')],
      ['a token that is an object', {}, variable('OBJECT')],
      ['an empty list of addresses', { allow: variable('EMPTY') }, undefined],
      ['a list of addresses that is not there', { allow: variable('NOT_THERE') }, undefined],
      ['a gateway that is not there', { gateway: variable('NOT_THERE') }, undefined],
      ['a token that is null', {}, variable('NULL')],
      ['a token of blanks', {}, variable('BLANKS')],
      ['a list of addresses that is null', { allow: variable('NULL') }, undefined],
      ['a list of addresses without any', { allow: variable('LIST') }, undefined],
      ['a list that is a word', { allow: variable('WORD') }, undefined],
      ['proxies that are a word', { trustProxy: variable('WORD') }, undefined],
      ['a list of commas', { allow: variable('COMMAS') }, undefined],
    ] as const) {
      it(`open it to nobody: ${name}`, async () => {
        process.env.EMPTY = '';
        const env = [
          { name: 'OBJECT', type: 'json', value: '{"a":1}' },
          { name: 'NULL', type: 'json', value: 'null' },
          { name: 'LIST', type: 'json', value: '[]' },
          { name: 'WORD', type: 'str', value: 'secretword' },
          { name: 'BLANKS', type: 'str', value: '  ' },
          { name: 'COMMAS', type: 'str', value: ' , ' },
        ];
        await load([tabWith(env), gatewayNode(), receiver(own)], { push: { token: token ?? '' } });
        await should(post('/x')).be.rejected();
        await should(post()).be.rejected();
        should(logged().join('\n')).match(/(EMPTY|NOT_THERE|OBJECT|NULL|LIST|BLANKS|COMMAS|WORD)/);
        should(logged().join('\n')).not.match(/secretword/);
      });
    }

    it('mean the default where its limit is cleared', async () => {
      await load([tab, gatewayNode(), receiver({ limit: '' })]);
      should(await post()).equal(200);
    });
  });
});
