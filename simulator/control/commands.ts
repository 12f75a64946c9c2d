import type { Call } from '../device/CallRecords';
import type { GsmPort, Reg } from '../device/GsmPort';
import type { PushFaults } from '../device/Pusher';
import { isOnThisMachine } from '../http/callers';
import { type FaultKind, faultKinds } from '../http/Faults';
import type { Simulator } from './simulator';

type Body = Readonly<Record<string, unknown>>;

/** What POST /simulator/… does, by the rest of its path. @throws Error with a text for the caller */
export const commands: Readonly<Record<string, (simulator: Simulator, body: Body) => unknown>> = {
  incoming: (simulator, body) => ({
    incoming_sms_id: simulator.receive({
      port: number(body, 'port'),
      number: text(body, 'number'),
      text: text(body, 'text'),
      ...(body.smsc === undefined ? {} : { smsc: text(body, 'smsc') }),
    }),
  }),
  'incoming/delete': (simulator, body) => simulator.deleteIncoming(body.ids === undefined ? undefined : ids(body)),
  'incoming/restart': (simulator) => simulator.restartIncomingIds(),
  port: (simulator, body) => changePort(simulator.port(number(body, 'port')), body),
  fault: (simulator, body) => addFault(simulator, body),
  'faults/clear': (simulator) => simulator.clearFaults(),
  clocks: (simulator, body) =>
    simulator.setClocks({
      device: body.device === undefined ? undefined : number(body, 'device'),
      network: body.network === undefined ? undefined : number(body, 'network'),
    }),
  push: (simulator, body) => simulator.setPushUrl(body.url ? ownUrl(body, 'url') : undefined),
  pushFaults: (simulator, body) => simulator.setPushFaults(chances(body)),
  answers: (simulator, body) => simulator.setAnswers(body.text ? text(body, 'text') : undefined),
  reboot: (simulator, body) => rebootSoon(simulator, body),
  ussd: (simulator, body) => simulator.unsolicitedUssd(number(body, 'port'), text(body, 'text')),
  call: (simulator, body) => {
    const port = simulator.port(number(body, 'port')).port;
    if (body.missed === true) return simulator.missedCall(port, text(body, 'number'));
    return simulator.addCall({ ...body, port } as Call);
  },
};

/** What POST /simulator/port does to a port, by its `action`. */
export const portActions: Readonly<Record<string, (port: GsmPort, body: Body) => void>> = {
  loseSim: (port) => port.loseSim(),
  insertSim: (port) => port.insertSim(),
  register: (port) => port.register(),
  unregister: (port) => port.unregister(),
  reset: (port) => port.reset(),
  powerOn: (port) => port.powerOn(),
  powerOff: (port) => port.powerOff(),
  stick: (port) => {
    port.stuck = true;
  },
  unstick: (port) => {
    port.stuck = false;
  },
  block: (port) => {
    port.blocked = true;
  },
  unblock: (port) => {
    port.blocked = false;
  },
  signal: (port, body) => {
    port.signal = number(body, 'signal');
  },
  reg: (port, body) => port.setReg(regOf(text(body, 'reg'))),
};

function changePort(port: GsmPort, body: Body): void {
  const action = text(body, 'action');
  const act = Object.hasOwn(portActions, action) ? portActions[action] : undefined;
  if (!act) throw new TypeError(`action must be one of ${Object.keys(portActions).join(', ')}`);
  act(port, body);
}

const regs: readonly Reg[] = [
  'POWER_OFF',
  'NO_SIM',
  'PIN_REQUIRE',
  'PUK_REQUIRE',
  'UNREGISTER',
  'SEARCHING_NETWORK',
  'REGISTER_OK',
  'UNKNOWN',
];

function regOf(name: string): Reg {
  const reg = regs.find((known) => known === name);
  if (!reg) throw new TypeError(`reg must be one of ${regs.join(', ')}`);
  return reg;
}

function addFault(simulator: Simulator, body: Body): void {
  const fault = faultKinds.find((kind): kind is FaultKind => kind === body.fault);
  if (!fault) throw new TypeError(`fault must be one of ${faultKinds.join(', ')}`);
  const times = body.times === undefined ? undefined : number(body, 'times');
  const ms = body.ms === undefined ? undefined : number(body, 'ms');
  const path = body.path === undefined ? undefined : text(body, 'path');
  if (fault === 'refuse' && ms === undefined) throw new TypeError('refuse needs ms: nobody could clear it over HTTP');
  if (fault === 'refuse') soon(() => simulator.fault({ fault, ms }));
  else simulator.fault({ fault, times, ms, path });
}

function rebootSoon(simulator: Simulator, body: Body): void {
  const flag = (name: string) => (typeof body[name] === 'boolean' ? body[name] : undefined);
  const seconds = body.seconds === undefined ? undefined : number(body, 'seconds');
  const how = {
    seconds,
    losesQueue: flag('losesQueue'),
    idsStartAgain: flag('idsStartAgain'),
    losesRecords: flag('losesRecords'),
  };
  soon(() => simulator.reboot(how));
}

/** The answer to the command leaves first: what follows ends every connection. */
function soon(action: () => void): void {
  setTimeout(action, 20);
}

function number(body: Body, name: string): number {
  const value = body[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new TypeError(`${name} must be a number`);
  return value;
}

// The simulator stands on this machine, and whoever tells it where to push must not reach further by it.
function ownUrl(body: Body, name: string): string {
  const url = text(body, name);
  if (!isOnThisMachine(url))
    throw new TypeError(`${name} must be an http address on this machine, such as http://127.0.0.1:1880/dinstar/push`);
  return url;
}

function chances(body: Body): PushFaults {
  const names = ['lose', 'double', 'reorder', 'noUserId'] as const;
  return Object.fromEntries(names.filter((name) => body[name] !== undefined).map((name) => [name, number(body, name)]));
}

function ids(body: Body): number[] {
  if (!Array.isArray(body.ids)) throw new TypeError('ids must be an array of numbers');
  return body.ids.map((id, place) => number({ [`ids[${place}]`]: id }, `ids[${place}]`));
}

function text(body: Body, name: string): string {
  const value = body[name];
  if (typeof value !== 'string') throw new TypeError(`${name} must be a string`);
  return value;
}
