import fc from 'fast-check';
import should from 'should';
import { readPortCommand } from '../../../../lib/messaging/commands/portCommand';
import { refusalOf } from '../given';

const read = (action: unknown, param?: unknown, allow = true) => readPortCommand(3, { action, param }, allow);

describe('what is wanted of a port', () => {
  it('is read as flows may have it', () => {
    should(read('slot', 0)).eql({ port: 3, action: 'slot', param: '0' });
    should(read(' Slot ', '3')).eql({ port: 3, action: 'slot', param: '3' });
    should([true, 'true', 'ON', 'on '].map((given) => read('power', given).param)).eql(['on', 'on', 'on', 'on']);
    should([false, 'false', 'Off'].map((given) => read('power', given).param)).eql(['off', 'off', 'off']);
    should(read('imei', 490154203237518).param).equal('490154203237518');
    should(read('number', '0049 (170) 1-2').param).equal('004917012');
  });

  it('has no param where the action has none, whatever is there', () => {
    for (const action of ['reset', 'lock', 'unlock', 'block', 'unblock']) {
      should(read(action, { left: 'over' })).eql({ port: 3, action, param: '' });
    }
  });

  it('may have one for a reset, where a gateway wants it', () => {
    should(read('reset', ' 1 ').param).equal('1');
    should(read('reset', 0).param).equal('0');
    should(read('reset', '').param).equal('');
    should(() => read('reset', 'a b')).throw(/^param: /);
  });

  it('must be an action and a param of the manual', () => {
    const refusals: [unknown, unknown, string][] = [
      [undefined, undefined, 'action'],
      ['', undefined, 'action'],
      ['dance', undefined, 'action'],
      [7, undefined, 'action'],
      ['slot', undefined, 'param'],
      ['slot', '', 'param'],
      ['slot', 4, 'param'],
      ['slot', -1, 'param'],
      ['slot', 1.5, 'param'],
      ['slot', [1, 2], 'param'],
      ['power', null, 'param'],
      ['power', 1, 'param'],
      ['imei', '49015420323751', 'param'],
      ['imei', '49015420323751x', 'param'],
      ['number', 'Anna', 'param'],
      ['number', {}, 'param'],
    ];
    for (const [action, param, field] of refusals) {
      should(refusalOf(() => read(action, param)).field).equal(field, JSON.stringify([action, param]));
    }
  });

  it('needs to be allowed unless the line comes back by itself', () => {
    const isRefused = (action: string, param?: unknown) =>
      refusalOf(() => read(action, param, false)).field === 'action';
    should([isRefused('slot', 1), isRefused('reset'), isRefused('power', 'on')]).eql([false, false, false]);
    const others: [string, unknown?][] = [
      ['power', 'off'],
      ['imei', '490154203237518'],
      ['number', '1'],
    ];
    const bare = ['lock', 'unlock', 'block', 'unblock'].map((action): [string] => [action]);
    for (const [action, param] of [...others, ...bare]) should(isRefused(action, param)).equal(true, action);
  });

  it('never lets anything through but what the gateway takes', () => {
    const sane = /^(slot [0-3]|reset [\w.-]{0,32}|power (on|off)|imei \d{15}|number \+?\d{1,24}|(un)?(lock|block) )$/;
    const words = ['slot', 'reset', 'power', 'imei', 'number', 'lock', 'unblock', '__proto__', 'toString'];
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...words), fc.anything()), fc.anything(), (action, param) => {
        let command: { action: string; param: string } | undefined;
        if (
          refusalOf(() => {
            command = read(action, param);
          }).field !== undefined
        )
          return true;
        return sane.test(`${command?.action} ${command?.param}`);
      }),
    );
  });
});
