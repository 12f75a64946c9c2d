import type { Gateway } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { Params } from './Params';
import { malformed, Refusal } from './Refusal';
import type { Reply, Route } from './route';

/** Get and set port information (manual 10, 11). The manual calls set_port_info a POST and shows a GET: both work. */
export const portRoutes: readonly Route[] = [
  { path: '/api/get_port_info', methods: ['GET'], answer: getPortInfo },
  { path: '/api/set_port_info', methods: ['GET', 'POST'], answer: setPortInfo },
];

/** The info types of the manual (10.2), of its example (smcsc) and of later firmware (field notes). */
const infoTypes: Readonly<Record<string, (port: GsmPort) => string | number>> = {
  type: (port) => port.type,
  imei: (port) => port.imei,
  imsi: (port) => port.imsi,
  iccid: (port) => port.iccid,
  smcsc: (port) => port.smsc,
  smsc: (port) => port.smsc,
  number: (port) => port.number,
  reg: (port) => port.reg,
  slot: (port) => port.slot,
  callstate: (port) => port.callstate,
  signal: (port) => (port.registered ? port.signal : 0),
  gprs: (port) => port.gprs,
  remain_credit: () => -1,
  remain_monthly_credit: () => -1,
  remain_daily_credit: () => -1,
  remain_daily_calltime: () => -1,
  remain_hourly_calltime: () => -1,
  remain_daily_connect: () => -1,
  CallForward: (port) => port.callForward,
};

function getPortInfo(gateway: Gateway, params: Params): Reply {
  const types = params.strings('info_type')?.filter((type) => type !== '');
  if (!types?.length) throw malformed('info_type is missing');
  const { refusesInfo } = gateway.world.settings;
  if (types.some((type) => refusesInfo.includes(type))) throw malformed('an info_type is not known');
  const wanted = params.ports();
  const ports = gateway.ports.filter(({ port }) => !wanted?.length || wanted.includes(port));
  const info = ports.map((port) => ({
    port: port.port,
    ...Object.fromEntries(types.flatMap((type) => readInfo(port, type))),
  }));
  return { error_code: 200, info };
}

/** A type the gateway doesn't know is left out, unless it is one that it refuses. */
function readInfo(port: GsmPort, type: string): [string, string | number][] {
  const read = Object.hasOwn(infoTypes, type) ? infoTypes[type] : undefined;
  return read ? [[type, read(port)]] : [];
}

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

function setPortInfo(gateway: Gateway, params: Params): Reply {
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
