import type { GsmPort, Reg } from '../device/GsmPort';
import { type Body, number, oneOf, text } from './body';
import type { Simulator } from './simulator';

/** What POST /simulator/port does to a port, by its `action`. */
export const portActions: Readonly<Record<string, (port: GsmPort, body: Body, simulator: Simulator) => void>> = {
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
  lie: (port) => {
    port.lying = true;
  },
  beHonest: (port) => {
    port.lying = false;
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
  slot: (port, body) => {
    const slot = number(body, 'slot');
    if (!Number.isInteger(slot) || slot < 0 || slot >= port.slots) {
      throw new RangeError(`slot must be a whole number from 0 to ${port.slots - 1}`);
    }
    port.chooseSlot(slot);
  },
  moveSim: (port, body, simulator) => port.moveSim(simulator.port(number(body, 'to'))),
  bar: (port, body, simulator) => {
    const how = body.how === undefined ? 'sms' : oneOf(['sms', 'network'], body, 'how');
    port.setBarred({ how, at: simulator.operator.now(), why: 'barred by hand' });
  },
  unbar: (port) => port.setBarred(undefined),
  balance: (port, body) => {
    if (!port.card) throw new TypeError(`port ${port.port} has no card`);
    port.card.balance = number(body, 'balance');
  },
  reg: (port, body) => port.setReg(oneOf(regs, body, 'reg')),
};

/** Does what `action` says. @throws Error with a text for the caller */
export function changePort(simulator: Simulator, body: Body): void {
  const port = simulator.port(number(body, 'port'));
  const action = text(body, 'action');
  const act = Object.hasOwn(portActions, action) ? portActions[action] : undefined;
  if (!act) throw new TypeError(`action must be one of ${Object.keys(portActions).join(', ')}`);
  act(port, body, simulator);
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
