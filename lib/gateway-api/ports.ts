import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { invalidInput } from './errors';
import { identity, integer, maybeIdentity, maybeInteger, maybeText, text } from './fields';
import { checkInput, maybePorts, portNumber } from './limits';
import { readList } from './lists';
import { recordReader } from './records';
import { type Reply, readDone } from './reply';
import * as v from './schemas';
import { CALL_STATE, GPRS, PORT_TYPE, REG, REGISTER_STATUS } from './words';

/** What a gateway tells of one port (manual 10.3): the fields that were asked for, and whatever newer firmware adds. */
export interface PortInfo {
  port: number;
  /** GSM, CDMA, WCDMA, LTE or UNKNOWN. */
  type?: string;
  imei?: string;
  imsi?: string;
  iccid?: string;
  /** The message centre's number; `smcsc` on the wire. */
  smsc?: string;
  number?: string;
  /** POWER_OFF, NO_SIM, PIN_REQUIRE, PUK_REQUIRE, UNREGISTER, SEARCHING_NETWORK, REGISTER_OK or UNKNOWN. */
  reg?: string;
  /** 0 to 3; 255 when the gateway isn't a multi-SIM one. */
  slot?: number;
  callstate?: string;
  /** 0 to 31. */
  signal?: number;
  /** attached or detached. */
  gprs?: string;
  [key: string]: unknown;
}

/** Reads a record of `get_port_info`. Throws `BAD_REPLY` without a port. */
export const readPortInfo = recordReader<PortInfo>(
  'port information',
  v.looseObject({
    port: integer,
    type: maybeText,
    imei: maybeIdentity,
    imsi: maybeIdentity,
    iccid: maybeIdentity,
    smsc: maybeIdentity,
    number: maybeIdentity,
    reg: maybeText,
    slot: maybeInteger,
    callstate: maybeText,
    signal: maybeInteger,
    gprs: maybeText,
  }),
  { words: [REG, PORT_TYPE, CALL_STATE, GPRS] },
);

/** A SIM that registered or dropped out (manual 16; `sequence` and `slot`: field notes). Absent identities are empty. */
export interface RegisterEvent {
  port: number;
  iccid: string;
  imsi: string;
  number: string;
  /** up or down. */
  status: string;
  sequence?: number;
  slot?: number;
  [key: string]: unknown;
}

/** Reads a record of a `register` push. Throws `BAD_REPLY` without port or status. */
export const readRegisterEvent = recordReader<RegisterEvent>(
  'a register event',
  v.looseObject({
    port: integer,
    iccid: identity,
    imsi: identity,
    number: identity,
    status: text,
    sequence: maybeInteger,
    slot: maybeInteger,
  }),
  { words: [REGISTER_STATUS] },
);

/** What is asked of which ports; no port means all. */
export interface PortInfoQuery {
  port?: number[];
  /** type, imei, imsi, iccid, smsc, number, reg, slot, callstate, signal, gprs and those of later firmware. */
  info_type: string[];
}

/** What the gateway tells of its ports. */
export interface PortInfoReply extends Reply {
  info: PortInfo[];
}

const infoType = v.pipe(v.string('must be a text'), v.regex(/^\w+$/, 'must be a word'));

const portInfoQuery = v.looseObject({
  port: maybePorts,
  info_type: v.pipe(
    v.array(infoType, 'must be an array'),
    v.minLength(1, 'must name at least one kind of information'),
  ),
});

/** Manual 10. */
export async function getPortInfo(
  gateway: ApiSession,
  query: PortInfoQuery,
  options?: CallOptions,
): Promise<PortInfoReply> {
  const read = (reply: Reply): PortInfoReply => ({
    ...reply,
    info: readList(reply, 'info', readPortInfo, gateway.reading),
  });
  return gateway.ask(endpoints.getPortInfo, checkInput(portInfoQuery, query), read, options);
}

/** What is done to a port (manual 11.2; other actions: field notes). */
export interface SetPortRequest {
  port: number;
  /** slot, reset or power; on later firmware imei, number, lock, unlock, block, unblock, CallForward, CheckCallForward. */
  action: string;
  /** slot: 0 to 3; power: on or off; reset: nothing. */
  param?: string | number;
}

const setPortRequest = v.looseObject({
  port: portNumber,
  action: v.pipe(v.string('must be a text'), v.regex(/^\w+$/, 'must be a word')),
  param: v.optional(v.union([v.string(), v.number()], 'must be a text or a number'), ''),
});

/** Manual 11. */
export async function setPortInfo(gateway: ApiSession, request: SetPortRequest, options?: CallOptions): Promise<Reply> {
  const { port, action, param, ...rest } = checkInput(setPortRequest, request);
  const params = { port, action, param: checkedParam(action, String(param)), ...rest };
  return gateway.ask(endpoints.setPortInfo, params, readDone, options);
}

function checkedParam(action: string, param: string): string {
  if (action === 'slot' && !/^[0-3]$/.test(param)) throw invalidInput('param', 'must be a slot from 0 to 3');
  if (action === 'power' && param !== 'on' && param !== 'off') throw invalidInput('param', 'must be on or off');
  return param;
}
