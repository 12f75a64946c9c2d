import { isRegistered, meaningOf, type PortInfo, REG } from '../../gateway-api';
import type { Level, SidebarPort } from '../../sidebar/snapshot';

/** What a port's button shows (manual 10.2); the rest is asked for when somebody looks at the port. */
export const SHOWN = ['type', 'number', 'reg', 'slot', 'callstate', 'signal'];
/** The manual's ten. */
export const DETAILS = ['type', 'imei', 'imsi', 'iccid', 'number', 'reg', 'slot', 'callstate', 'signal', 'gprs'];

/** States that need somebody, and those that may come by themselves. */
const BAD = new Set(['PIN_REQUIRE', 'PUK_REQUIRE']);
const WAITING = new Set(['UNREGISTER', 'SEARCHING_NETWORK']);
/** A gateway with one SIM a port says so by this number. */
const NO_SLOTS = 255;

const levelOf = (reg: string): Level => {
  if (isRegistered(reg)) return 'good';
  if (WAITING.has(reg)) return 'waiting';
  return BAD.has(reg) ? 'bad' : 'unknown';
};

export function sidebarPort({ port, reg: said, signal, type, callstate, slot, number }: PortInfo): SidebarPort {
  const reg = meaningOf(REG, said) ?? (said || 'UNKNOWN');
  return {
    port,
    reg,
    level: levelOf(reg),
    ...(signal !== undefined && { signal }),
    ...(type && { type }),
    ...(callstate && { callstate }),
    ...(slot !== undefined && slot !== NO_SLOTS && { slot }),
    ...(number && { number }),
  };
}
