import should from 'should';
import { words } from '../../lib/editor/checks/choices';
import { allowedAction, fixedAction, hasParam, portParam } from '../../lib/editor/checks/portParam';
import { onePort } from '../../lib/editor/checks/ports';
import { readPortCommand } from '../../lib/messaging/commands/portCommand';
import { infoTypes } from '../../lib/messaging/reading/PortReader';
import { readOnePort } from '../../lib/runtime/readPorts';

const ACTIONS = ['slot', 'reset', 'power', 'imei', 'number', 'lock', 'unlock', 'block', 'unblock'];
const PARAMS = [
  '',
  ' ',
  '0',
  '3',
  '4',
  '-1',
  '1.5',
  'on',
  ' OFF ',
  'true',
  'maybe',
  '490154203237518',
  '+49 170 1',
  'x',
];

function refuses(run: () => unknown): boolean {
  try {
    run();
    return false;
  } catch {
    return true;
  }
}

describe('the form of set port', () => {
  it('refuses exactly the params and actions that the node would', () => {
    for (const action of ACTIONS) {
      for (const param of PARAMS) {
        for (const allow of [false, true]) {
          const fields: Record<string, string> = { action, param, allow: String(allow) };
          const sibling = (property: string) => fields[property] ?? 'str';
          const problem = portParam(param, sibling) ?? allowedAction(action, sibling);
          const isRefused = refuses(() => readPortCommand(1, { action, param }, allow));
          should(problem !== undefined).equal(isRefused, `${action} "${param}" ${allow}`);
        }
      }
    }
  });

  it('leaves alone what only a message can say', () => {
    const sibling = (property: string) =>
      ({ actionType: 'msg', action: 'do', paramType: 'msg', param: 'x' })[property] ?? '';
    should(fixedAction(sibling)).equal('');
    should(hasParam('')).be.true();
    should(portParam('whatever', sibling)).be.undefined();
    should(allowedAction('power', sibling)).be.undefined();
  });

  it('shows a param only for the actions that have one', () => {
    should(ACTIONS.filter(hasParam)).eql(['slot', 'reset', 'power', 'imei', 'number']);
  });

  it('takes one port, port 0 as well', () => {
    for (const value of ['0', '31', ' 7 ', '', '32', '1,2', 'all', '-1', 'x']) {
      should(onePort(value, () => '') !== undefined).equal(
        refuses(() => readOnePort(value)),
        value,
      );
    }
  });
});

describe('the form of port info', () => {
  it('refuses information that is none, or no word', () => {
    for (const value of ['reg', 'reg,CallForward', 'a b', 'reg,x-y']) {
      should(words(value, () => '') !== undefined).equal(
        refuses(() => infoTypes(value.split(','))),
        value,
      );
    }
    should(words('', () => '')).eql({ key: 'common.error.required' });
  });
});
