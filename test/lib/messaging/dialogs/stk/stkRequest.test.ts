import should from 'should';
import { readStkRequest } from '../../../../../lib/messaging/dialogs/stk/stkRequest';

const read = (more: object) => readStkRequest({ port: 3, action: 'view', wait: 10, ...more });
const invalid = (field: string, message: RegExp) => ({ code: 'INVALID_INPUT', cause: { field }, message });

describe('what a flow wants of a SIM’s menu', () => {
  it('is an action with its time in ms; what the action doesn’t need isn’t looked at', () => {
    for (const action of ['view', 'frame', 'ok', 'cancel', 'home']) {
      should(read({ action, item: {}, param: {} })).eql({ port: 3, wait: 10_000, action });
    }
    should(read({ action: 'select', item: 'Balance' })).match({ action: 'select', item: 'Balance' });
    should(read({ action: 'input', param: 12 })).eql({ port: 3, wait: 10_000, action: 'input', param: '12' });
    should(read({ action: 'input', param: false })).match({ param: false });
    for (const action of ['View', '', undefined, 1]) {
      should(() => read({ action })).throw(
        invalid('action', /must be one of view, select, input, ok, cancel, home, frame/),
      );
    }
  });

  it('waits for some seconds, an hour at most', () => {
    should(read({ wait: '0.5' })).match({ wait: 500 });
    should(read({ wait: 3600 })).match({ wait: 3_600_000 });
    for (const wait of [0, -1, 3601, '', ' ', 'soon', undefined, Number.NaN, true, [5]]) {
      should(() => read({ wait })).throw(invalid('wait', /number of seconds above 0, at most 3600/));
    }
  });

  it('is something to select or enter where that is wanted, and never told where it is wrong', () => {
    should(() => read({ action: 'select' })).throw(invalid('item', /./));
    for (const param of [undefined, null, '']) {
      should(() => read({ action: 'input', param })).throw(invalid('param', /is missing: what is to be entered/));
    }
    for (const param of [{ pin: 1234 }, [1234], Number.NaN, Number.POSITIVE_INFINITY]) {
      should(() => read({ action: 'input', param })).throw(
        invalid('param', /must be a text, a number, or true or false$/),
      );
    }
  });

  it('is a walk of items and entries, each named by its place', () => {
    should(read({ action: 'walk', param: ['Menu', 2, { input: '1234' }, { input: true }] })).match({
      action: 'walk',
      steps: [
        { item: 'Menu', field: 'param[0]' },
        { item: 2, field: 'param[1]' },
        { input: '1234', field: 'param[2].input' },
        { input: true, field: 'param[3].input' },
      ],
    });
    should(() => read({ action: 'walk', param: 'Menu' })).throw(
      invalid('param', /must be an array of item names, ids/),
    );
    should(() => read({ action: 'walk', param: [] })).throw(
      invalid('param', /must hold at least one step: item names/),
    );
    should(() => read({ action: 'walk', param: ['Menu', {}] })).throw(invalid('param[1]', /must be one of item names/));
    should(() => read({ action: 'walk', param: [null] })).throw(invalid('param[0]', /./));
    should(() => read({ action: 'walk', param: [{ input: '' }] })).throw(invalid('param[0].input', /is missing/));
  });
});
