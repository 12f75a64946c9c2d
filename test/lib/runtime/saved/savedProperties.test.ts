import { readdirSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import type { Rules } from '../../../../lib/properties/rules';
import type { Red, SavedNode } from '../../../../lib/runtime/red';
import { readSaved } from '../../../../lib/runtime/saved/readSaved';
import { root } from '../../../support/repository';
import { FakeNode } from '../FakeNode';

interface Config {
  defaults: Record<string, unknown>;
  rules?: Rules;
  normalise(saved: Record<string, unknown>): Record<string, unknown>;
}

const NODES = path.join(root, 'nodes');

const deep = (open: string, close: string, levels: number): unknown =>
  JSON.parse(`${open.repeat(levels)}1${close.repeat(levels)}`);

/** Every type that a flow file may hold, and what turns out to be no text when it is made one. */
const VALUES: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -1, 0.5, 1e308, -1e308, Number.MAX_SAFE_INTEGER + 1],
  ...[
    '',
    ' ',
    'x',
    '0',
    '-1',
    'true',
    'null',
    'NaN',
    'Infinity',
    '1e309',
    '{',
    `\${X}`,
    '__proto__',
    'x'.repeat(100_000),
  ],
  ...[[], [[]], [null], [0], ['x'], [{}], [{ toString: 1 }], {}, { a: {} }, { length: 3 }, { toString: 1 }],
  ...[{ toString: null, valueOf: null }, { toJSON: 1 }, JSON.parse('{"__proto__":{"polluted":1}}')],
  ...[deep('[', ']', 100), deep('{"a":', '}', 100), deep('[', ']', 3000), deep('{"a":', '}', 3000)],
];

const red = { nodes: { eachNode: () => undefined, getCredentials: () => ({}) } } as unknown as Red;

/** As a node's constructor does. */
function read({ defaults, rules, normalise }: Config, properties: object, credentials?: Record<string, unknown>) {
  const node = Object.assign(new FakeNode(), { credentials });
  const saved = { id: 'n1', type: 'fake', ...properties } as SavedNode;
  const settings = readSaved(red, node, saved, { defaults, rules, named: true });
  return { config: normalise(settings.properties), problem: settings.problem, credentials };
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);
const isAsGood = (value: unknown, fallback: unknown): boolean =>
  kindOf(value) === kindOf(fallback) && (typeof value !== 'number' || Number.isFinite(value));

describe('what a flow file holds for a node', () => {
  const folders = readdirSync(NODES);
  for (const folder of folders) {
    const config = require(path.join(NODES, folder, 'config.ts')) as Config;

    it(`of the kind ${folder} may be blank where words or numbers are meant: that is the default`, () => {
      for (const name of Object.keys(config.rules ?? {})) {
        const { config: whole, problem } = read(config, { [name]: ' \t ' });
        should([whole[name], problem]).eql([config.defaults[name], undefined], name);
      }
    });

    it(`of the kind ${folder} may be of any type, in each property: it is read, or refused by the property’s name`, () => {
      const names = Object.keys(config.defaults);
      for (const name of names) {
        for (const value of VALUES) {
          const { config: whole, problem } = read(config, { [name]: value });
          const wrong = names.filter((key) => !isAsGood(whole[key], config.defaults[key]));
          if (wrong.length > 0) throw new Error(`${name}: ${kindOf(value)} makes ${wrong.join()} wrong`);
          if (problem === undefined) continue;
          const isClear =
            problem instanceof GatewayError && problem.code === 'INVALID_INPUT' && problem.message.includes(name);
          if (!isClear) throw problem;
        }
      }
    });
  }

  it('reaches no prototype', () => {
    const config = require(path.join(NODES, 'cdr', 'config.ts')) as Config;
    const { config: whole } = read(
      config,
      JSON.parse('{"__proto__":{"name":"x"},"constructor":{"prototype":{"a":1}}}'),
    );
    should(whole.name).equal('');
    should(({} as { name?: unknown; a?: unknown }).name).be.undefined();
    should(({} as { name?: unknown; a?: unknown }).a).be.undefined();
  });

  it('is a password of any type, or a problem that doesn’t quote it', () => {
    const config = require(path.join(NODES, 'gateway', 'config.ts')) as Config;
    for (const value of VALUES) {
      const { problem, credentials } = read(config, {}, { password: value });
      should(['string', 'undefined']).containEql(typeof credentials?.password);
      if (problem) should(problem).be.instanceOf(GatewayError);
    }
  });
});
