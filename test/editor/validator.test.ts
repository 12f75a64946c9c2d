import should from 'should';
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
