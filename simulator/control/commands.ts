import type { Call } from '../device/CallRecords';
import type { PushFaults } from '../device/Pusher';
import { isOnThisMachine } from '../http/callers';
import { type FaultKind, faultKinds } from '../http/Faults';
import { readRule } from '../network/operator/rules';
import { readTerms } from '../network/operator/terms';
import { speeds } from '../network/pace';
import { type Body, number, oneOf, text } from './body';
import { changePort } from './portActions';
import type { Simulator } from './simulator';

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
  port: changePort,
  fault: (simulator, body) => addFault(simulator, body),
  'faults/clear': (simulator) => simulator.clearFaults(),
  speed: (simulator, body) => simulator.setSpeed(oneOf(speeds, body, 'speed')),
  clocks: (simulator, body) =>
    simulator.setClocks({
      device: body.device === undefined ? undefined : number(body, 'device'),
      network: body.network === undefined ? undefined : number(body, 'network'),
    }),
  operator: ({ operator }, body) => operator.setTerms(readTerms(body)),
  'operator/rule': ({ operator }, body) => operator.setTerms({ rules: [...operator.terms.rules, readRule(body)] }),
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

function addFault(simulator: Simulator, body: Body): void {
  const fault = oneOf<FaultKind>(faultKinds, body, 'fault');
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
