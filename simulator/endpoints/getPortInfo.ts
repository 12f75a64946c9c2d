import type { Gateway } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** Get port information (manual 10). */
export const getPortInfo: Route = { path: '/api/get_port_info', methods: ['GET'], answer };

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
  remain_credit: (port) => port.remainingCredit,
  remain_monthly_credit: () => -1,
  remain_daily_credit: () => -1,
  remain_daily_calltime: () => -1,
  remain_hourly_calltime: () => -1,
  remain_daily_connect: () => -1,
  CallForward: (port) => port.callForward,
};

function answer(gateway: Gateway, params: Params): Reply {
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
