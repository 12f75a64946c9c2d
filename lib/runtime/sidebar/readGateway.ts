import type { Gateway } from '../../messaging';
import { MOST_COUNTED, type SidebarGateway } from '../../sidebar/snapshot';
import type { Store } from '../../store';
import type { GatewayNode } from '../gateways/GatewayNode';
import { type GatewayRecord, levelOfCode } from './GatewayRecord';

/** Where the sidebar finds what it shows of a gateway. */
export interface SidebarParts {
  /** Absent where the node can't make a queue. */
  gateway: Gateway | undefined;
  record: GatewayRecord;
  getWaitingCounts: Store['waitingCounts'];
}

/**
 * A gateway node as the sidebar shows it. It asks the store, never the gateway.
 * @param monotonic the present moment by the clock that never steps
 */
export async function readGateway(node: GatewayNode, parts: SidebarParts, monotonic: number): Promise<SidebarGateway> {
  const { gateway, record } = parts;
  const { name, sn } = node.identity;
  const country = gateway?.home.country;
  const [here, hourlyLimit] = await Promise.all([waitingHere(node.id, parts), hourlyLimitOf(gateway)]);
  const there = record.there ?? gateway?.sms.inQueue;
  const answered = gateway?.device.contact.answered;
  return {
    id: node.id,
    name,
    address: node.urlVariable ?? addressOf(node.properties.url),
    ...(sn !== undefined && { sn }),
    ...(country !== undefined && { country }),
    ...(node.page !== undefined && { page: node.page }),
    state: stateOf(gateway, record),
    ...(answered !== undefined && { answered }),
    ...clocksOf(gateway),
    queue: { ...(here !== undefined && { here }), ...(there !== undefined && { there }) },
    ...(hourlyLimit && { hourlyLimit: { ...hourlyLimit, held: hourlyLimit.count >= hourlyLimit.limit && here !== 0 } }),
    minutes: record.minutes.series(monotonic),
    ports: record.ports,
    sms: record.sms,
    events: record.events,
  };
}

function stateOf(gateway: Gateway | undefined, record: GatewayRecord): SidebarGateway['state'] {
  if (!gateway) return { code: 'NOT_CONFIGURED', level: 'bad' };
  const { answered, silent } = gateway.device.contact;
  const code = record.code ?? (silent === undefined ? undefined : 'UNREACHABLE');
  if (code === undefined && answered === undefined) return { code: 'UNHEARD', level: 'unknown' };
  return { code: code ?? 'OK', level: levelOfCode(code), ...(silent !== undefined && { since: silent }) };
}

// Before its records have told a time, its web server's may do for the device.
function clocksOf(gateway: Gateway | undefined): Pick<SidebarGateway, 'clocks'> {
  const told = gateway?.device.clockAhead;
  const clocks = { ...(told !== undefined && { device: Math.round(told / 1000) }), ...gateway?.clocks.ahead };
  return Object.keys(clocks).length > 0 ? { clocks } : {};
}

// A store that can't say it now shows elsewhere, where it has consequences.
async function waitingHere(id: string, { gateway, getWaitingCounts }: SidebarParts): Promise<number | undefined> {
  if (!gateway) return undefined;
  try {
    return (await getWaitingCounts([id], MOST_COUNTED))[0]?.count ?? 0;
  } catch {
    return undefined;
  }
}

const hourlyLimitOf = async (gateway: Gateway | undefined) => gateway?.sms.hourlyLimit().catch(() => undefined);

/** A gateway node's address as it is shown: a login in it would be nobody's business. */
export function addressOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return url.replace(/\/\/[^/]*@/, '//');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
