import should from 'should';
import { chosenConfig, chosenConfigs } from '../../lib/editor/configChoice';
import type { EditorNode } from '../../lib/editor/red';
import { typedValidator, validator } from '../../lib/editor/validator';

const form = { read: (node: EditorNode, property: string): string => String(node[property] ?? '') };

const variable = (name: string): string => `\${${name}}`;

/** A node whose texts are its keys and what they are filled in with. */
const node = (properties: Record<string, unknown> = {}): EditorNode => ({
  ...{ id: 'n', type: 't', _def: { defaults: {} } },
  ...properties,
  _: (key, values) => (values === undefined ? key : `${key} ${JSON.stringify(values)}`),
});

describe('a validator', () => {
  const odd = validator('label.it', form, (value) =>
    value === 'odd' ? { key: 'error.odd', values: { value } } : undefined,
  );

  it('has the two parameters by which Node-RED knows that a text is a message', () => {
    should(odd.length).equal(2);
    should(typedValidator('label.it', form, 'it', {}).length).equal(2);
  });

  it("answers true, or the field's label and what is wrong, translated", () => {
    should(odd.call(node(), 'even', {})).be.true();
    should(odd.call(node(), 'odd', {})).equal('label.it: error.odd {"value":"odd"}');
  });

  it('leaves alone what a flow left out, and what an environment variable replaces', () => {
    const never = validator('label.it', form, () => ({ key: 'error.always' }));
    for (const value of [undefined, null, variable('GATEWAY_URL')]) should(never.call(node(), value, {})).be.true();
    for (const value of ['', `http://${variable('HOST')}`, `${variable('A')} ${variable('B')}`, 0])
      should(never.call(node(), value, {})).be.a.String();
  });
});

describe('the validator of a typed input', () => {
  const asked: unknown[] = [];

  before(() => {
    const validateTypedProperty = (value: string, type: string): true | string => {
      asked.push([value, type]);
      return value === 'bad' ? 'is bad' : true;
    };
    Object.assign(globalThis, { RED: { utils: { validateTypedProperty } } });
  });

  after(() => {
    Reflect.deleteProperty(globalThis, 'RED');
  });

  const typed = typedValidator('label.it', form, 'it', { str: () => ({ key: 'error.str' }) });

  it('has its own check for some types', () => {
    should(typed.call(node({ itType: 'str' }), 'x', {})).equal('label.it: error.str');
    should(asked).be.empty();
  });

  it("leaves the others to Node-RED's", () => {
    should(typed.call(node({ itType: 'jsonata' }), 'x', {})).be.true();
    should(typed.call(node({ itType: 'msg' }), 'bad', {})).equal('label.it: is bad');
    should(asked).eql([
      ['x', 'jsonata'],
      ['bad', 'msg'],
    ]);
  });
});

describe('the validator of a chosen config node', () => {
  before(() => {
    const known: Record<string, { valid?: boolean }> = { fine: { valid: true }, fresh: {}, wrong: { valid: false } };
    Object.assign(globalThis, { RED: { nodes: { node: (id: string) => known[id] ?? null } } });
  });

  after(() => {
    Reflect.deleteProperty(globalThis, 'RED');
  });

  const store = chosenConfig('label.store', form, (sibling) => sibling('alone') === 'yes');

  it('takes none where none is needed, however the editor writes that', () => {
    for (const none of ['', '_ADD_']) {
      should(store.call(node(), none, {})).be.true();
      should(store.call(node({ alone: 'yes' }), none, {})).equal('label.store: common.error.required');
    }
  });

  it('takes one that is there and not wrong itself', () => {
    for (const id of ['fine', 'fresh']) should(store.call(node(), id, {})).be.true();
    should(store.call(node(), 'wrong', {})).equal('label.store: common.error.invalidConfig');
    should(store.call(node(), 'deleted', {})).equal('label.store: common.error.goneConfig');
  });

  it('takes any number of them where a property names a list, and finds one that is gone', () => {
    const gateways = chosenConfigs('label.gateways', form);
    for (const ids of [[], ['fine'], ['fine', 'fresh'], undefined]) should(gateways.call(node(), ids, {})).be.true();
    should(gateways.call(node(), ['fine', 'deleted'], {})).equal('label.gateways: common.error.goneConfig');
    should(gateways.call(node(), ['wrong'], {})).equal('label.gateways: common.error.invalidConfig');
  });
});
