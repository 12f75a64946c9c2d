import type { Gateway } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { Params } from './Params';
import { malformed, Refusal } from './Refusal';
import type { Reply, Route } from './route';

/** Set port information (manual 11). The manual calls it a POST and shows a GET: both work. */
export const setPortInfo: Route = { path: '/api/set_port_info', methods: ['GET', 'POST'], answer };

/** What each action does with its param; false when the param makes no sense. */
const actions: Readonly<Record<string, (port: GsmPort, param: string) => boolean>> = {
  slot: (port, param) => {
    if (!/^[0-3]$/.test(param) || Number(param) >= port.slots || port.slots === 1) return false;
    port.chooseSlot(Number(param));
    return true;
  },
  reset: (port) => {
    port.reset();
    return true;
  },
  power: (port, param) => {
    if (param === 'on') port.powerOn();
    else if (param === 'off') port.powerOff();
    else return false;
    return true;
  },
  imei: (port, param) => {
    if (!/^\d{15}$/.test(param)) return false;
    port.imei = param;
    return true;
  },
  number: (port, param) => {
    if (!/^\+?\d{1,24}$/.test(param)) return false;
    port.number = param;
    return true;
  },
  lock: (port) => set(port, 'locked', true),
  unlock: (port) => set(port, 'locked', false),
  block: (port) => set(port, 'blocked', true),
  unblock: (port) => set(port, 'blocked', false),
  CallForward: (port, param) => {
    port.callForward = param;
    return true;
  },
  CheckCallForward: () => true,
};

function set(port: GsmPort, what: 'locked' | 'blocked', value: boolean): true {
  port[what] = value;
  return true;
}

function answer(gateway: Gateway, params: Params): Reply {
  const action = params.string('action');
  const number = params.integer('port', 0, 31);
  if (action === undefined || number === undefined) throw malformed('action or port is missing');
  const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!act) throw malformed('action is not known');
  const port = gateway.ports[number];
  if (!port) throw new Refusal(500, 'no such port');
  if (!act(port, params.string('param') ?? '')) throw malformed('param does not fit the action');
  return { error_code: 200 };
}
