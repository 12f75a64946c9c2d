import path from 'node:path';
import should from 'should';
import type { Red, RedNode, SavedNode } from '../../../../lib/runtime/red';
import { readSaved } from '../../../../lib/runtime/saved/readSaved';
import { nodes } from '../../../locales/catalogues';
import { root } from '../../../support/repository';

interface Config {
  defaults: Record<string, unknown>;
  normalise(saved: object): Record<string, unknown>;
}

const VARIABLE = `\${${'V'}}`;

/** What Node-RED puts in the place of a variable, by the types that a tab, a group or a subflow may give it. */
const VALUES: readonly [type: string, value: unknown][] = [
  ['a number', 4242],
  ['a boolean', true],
  ['an empty text', ''],
  ['JSON', { secretword: 1 }],
  ['a list', ['secretword', { a: 1 }]],
  ['a buffer', Buffer.from('secretword')],
];

/** The flow file holds the variable, and the node was given its value. */
function read(config: Config, property: string, value: unknown): ReturnType<typeof readSaved> {
  const inFile = { id: 'n', type: 'n', [property]: VARIABLE };
  const red = { nodes: { eachNode: (each: (node: object) => void) => each(inFile), getCredentials: () => undefined } };
  const saved = { ...inFile, [property]: value } as unknown as SavedNode;
  return readSaved(red as unknown as Red, {} as RedNode, saved, { defaults: config.defaults, named: true });
}

describe('a variable of any type', () => {
  for (const name of nodes) {
    const config = require(path.join(root, 'nodes', name, 'config.ts')) as Config;
    for (const [type, value] of VALUES) {
      it(`that is ${type} is refused by name, or becomes what each property of ${name} is made of`, () => {
        for (const property of Object.keys(config.defaults)) {
          const { properties, problem } = read(config, property, value);
          if (problem) {
            should(problem).match({ code: 'INVALID_INPUT', cause: { field: property } });
            should(problem.message)
              .match(/\bV\b/)
              .and.not.match(/secretword|4242/);
          } else {
            const got = config.normalise(properties)[property];
            const fallback = config.defaults[property];
            should(typeof got).equal(typeof fallback, property);
            should(Array.isArray(got)).equal(Array.isArray(fallback), property);
            if (typeof got === 'number') should(got).be.a.Number().and.not.NaN();
          }
        }
      });
    }
  }
});
