import fc from 'fast-check';
import should from 'should';
import type { PortInfo, RegisterEvent } from '../../../../../lib/gateway-api';
import { changedFields, passedThrough, unseen } from '../../../../../lib/messaging/watching/ports/changes';

const event = (status: string): RegisterEvent => ({ port: 1, status, iccid: '', imsi: '', number: '' });
const signal = (before: number | undefined, now: number | undefined, step = 3): boolean =>
  changedFields({ port: 1, signal: before }, { port: 1, signal: now }, ['signal'], step).length > 0;

describe('what changed of a port', () => {
  it('are the fields that differ, of those that were asked for', () => {
    const before: PortInfo = { port: 1, reg: 'NO_SIM', number: '', CallForward: { to: '1' }, remain_credit: -1 };
    const now: PortInfo = { port: 1, reg: 'REGISTER_OK', CallForward: { to: '2' }, remain_credit: 5 };
    should(changedFields(before, now, ['reg', 'number', 'CallForward', 'imei'], 3)).eql([
      'reg',
      'number',
      'CallForward',
    ]);
    should(changedFields(before, structuredClone(before), Object.keys(before), 3)).eql([]);
  });

  it('is the signal from the step on, and from and to none in any case', () => {
    should([signal(20, 22), signal(22, 20), signal(20, 20)]).eql([false, false, false]);
    should([signal(20, 23), signal(23, 20), signal(20, 21, 1)]).eql([true, true, true]);
    should([signal(1, 0), signal(0, 1), signal(31, 99, 100), signal(99, 31, 100)]).eql([true, true, true, true]);
    should([signal(0, 99, 100), signal(0, 0)]).eql([false, false]);
    should([signal(undefined, 0), signal(7, undefined), signal(undefined, undefined)]).eql([true, true, false]);
    should([signal(20, 20, 0), signal(20, 21, 0)]).eql([false, true]);
  });

  it('is what pushes say of its registration, each way once', () => {
    const up: PortInfo = { port: 1, reg: 'REGISTER_OK', signal: 20 };
    const states = (...words: string[]) => passedThrough(up, words.map(event)).map(({ reg }) => reg);
    should(states('up', 'up')).eql([]);
    should(states('down', 'down', 'up')).eql(['UNREGISTER', 'REGISTER_OK']);
    should(passedThrough(up, [event(' Down ')])).eql([{ port: 1, reg: 'UNREGISTER', signal: 20 }]);
    should(passedThrough({ port: 1, reg: 'NO_SIM' }, [event('down')])).eql([]);
  });

  it('is left to a look where that tells the last of it better', () => {
    const down: PortInfo = { port: 1, reg: 'UNREGISTER' };
    const up: PortInfo = { port: 1, reg: 'REGISTER_OK' };
    should(unseen([down], { port: 1, reg: 'NO_SIM' })).eql([]);
    should(unseen([down, up], up)).eql([down]);
    should(unseen([down], up)).eql([down]);
    should(unseen([], up)).eql([]);
  });

  it('alternates between up and down whatever is pushed, and ends as the last push says', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('up', 'down')), fc.constantFrom('REGISTER_OK', 'NO_SIM'), (words, reg) => {
        const isUp = [reg, ...passedThrough({ port: 1, reg }, words.map(event)).map((state) => state.reg)].map(
          (one) => one === 'REGISTER_OK',
        );
        const last = words.at(-1);
        return (
          isUp.every((one, place) => place === 0 || one !== isUp[place - 1]) &&
          (last === undefined || isUp.at(-1) === (last === 'up'))
        );
      }),
    );
  });
});
