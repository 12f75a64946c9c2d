import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import type { ValueType } from '../../../lib/properties/typed';
import type { Message, Red } from '../../../lib/runtime/red';
import { evaluate, evaluateAll } from '../../../lib/runtime/typedInput';
import { FakeNode } from './FakeNode';

// Node-RED's own evaluation: what it throws, and when it calls back, is what these tests are about.
const nodeRed = process.env.NODE_RED_LIB ?? require.resolve('node-red');
const red = require(require.resolve('@node-red/util', { paths: [nodeRed] })) as Red;

describe('a property that a message may set', () => {
  const context = { flow: new Map<string, unknown>(), global: new Map<string, unknown>() };
  const store = (values: Map<string, unknown>) => ({
    get(key: string, _store: string | undefined, callback: (error: Error | null, value?: unknown) => void): void {
      const answer = (): void => {
        if (key === 'broken') callback(new Error('no such store'));
        else if (key.includes('.')) callback(new TypeError('Cannot read properties of undefined'));
        else callback(null, values.get(key));
      };
      setImmediate(answer);
    },
  });
  const node = Object.assign(new FakeNode(), {
    context: () => ({ flow: store(context.flow), global: store(context.global) }),
    _flow: { getSetting: (name: string) => (name === 'GATEWAY_NUMBER' ? '10086' : undefined), _: (key: string) => key },
  });

  const value = (type: ValueType, given: unknown, message: Message = {}): Promise<unknown> =>
    evaluate(red, node, message, { field: 'to', value: given, type });

  it('is a part of the message, whatever its type', async () => {
    const message = { to: ['10086'], deep: { number: 0 }, list: [{ a: 1 }] };
    should(await value('msg', 'to', message)).equal(message.to);
    should(await value('msg', 'deep.number', message)).equal(0);
    should(await value('msg', 'list[0].a', message)).equal(1);
  });

  it('isn’t told in the reason for which an expression fails, where a variable may be in it', async () => {
    const reason = (expression: string) =>
      value('jsonata', expression, { x: 'seen' }).then(
        () => 'none',
        ({ message }: Error) => message,
      );
    should(await reason('$env("GATEWAY_NUMBER")[0] < "x" and -("n" & $env("GATEWAY_NUMBER"))')).match(
      /: what the variable holds$/,
    );
    should(await reason('$number("n" & $env("GATEWAY_" & "NUMBER"))')).not.match(/10086/);
    should(await reason('$env("GATEWAY_NUMBER") < 1')).not.match(/10086/);
    should(await reason('$number(x)')).match(/"seen"/);
  });

  it('is nothing where a number was left empty: no port is then the first one', async () => {
    for (const empty of ['', ' ', undefined]) {
      should(await value('num', empty)).be.undefined();
      const all = await evaluateAll(red, node, {}, { port: { value: empty, type: 'num' } });
      should(all).eql({ port: undefined });
    }
    should(await value('num', '0')).equal(0);
    should(await value('num', 'x')).be.NaN();
  });

  it('is nothing where the message has no such part', async () => {
    should(await value('msg', 'to')).be.undefined();
    should(await value('msg', 'deep.number')).be.undefined();
    should(await value('msg', 'deep.number', { deep: null })).be.undefined();
    should(await value('flow', 'nowhere')).be.undefined();
    should(await value('flow', 'nowhere.deep')).be.undefined();
  });

  it('is a text, a number, a switch or JSON as it was entered', async () => {
    should(await value('str', '10086')).equal('10086');
    should(await value('str', undefined)).equal('');
    should(await value('num', '300')).equal(300);
    should(await value('num', 300)).equal(300);
    should(await value('bool', 'true')).be.true();
    should(await value('bool', false)).be.false();
    should(await value('json', '[{"number":"10086"}]')).deepEqual([{ number: '10086' }]);
  });

  it('is a value of the context, which may take its time', async () => {
    context.flow.set('to', '10086');
    context.global.set('to', '10087');
    should(await value('flow', 'to')).equal('10086');
    should(await value('global', 'to')).equal('10087');
  });

  it('is an environment variable or the result of an expression', async () => {
    should(await value('env', 'GATEWAY_NUMBER')).equal('10086');
    should(await value('jsonata', 'payload & "!"', { payload: 'Fire' })).equal('Fire!');
    should(await value('jsonata', 'nothing')).be.undefined();
  });

  it("is refused, naming it, where it can't be evaluated", async () => {
    const bad: [ValueType, string][] = [
      ['json', '{"a":'],
      ['jsonata', '((('],
      ['jsonata', '$number("x")'],
      ['msg', 'a..b'],
      ['msg', ''],
      ['flow', 'broken'],
    ];
    for (const [type, given] of bad) {
      const error = await value(type, given, { a: 1 }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      should(error).be.instanceof(GatewayError, `${type} ${given}`);
      should(error).match({ code: 'INVALID_INPUT', taken: 'no', cause: { field: 'to', retryable: false } });
      should((error as GatewayError).message)
        .match(/^to: .*[a-z]/i)
        .and.not.match(/undefined/);
    }
  });

  it('is evaluated together with the others by its name', async () => {
    const message = { to: '10086', payload: 'Fire' };
    const values = await evaluateAll(red, node, message, {
      to: { value: 'to', type: 'msg' },
      text: { value: 'payload', type: 'msg' },
      wait: { value: '0', type: 'num' },
      key: { value: 'key', type: 'msg' },
    });
    should(values).deepEqual({ to: '10086', text: 'Fire', wait: 0, key: undefined });
  });

  it('is named when it is the bad one of several', async () => {
    const all = evaluateAll(red, node, {}, { to: { value: 'to', type: 'msg' }, text: { value: '{', type: 'json' } });
    await should(all).be.rejectedWith({ code: 'INVALID_INPUT', cause: { field: 'text' } });
  });
});
