import type { Gateway } from '../../messaging';
import type { SidebarCondition, SidebarGateway } from '../../sidebar/snapshot';
import type { GatewayNode } from '../gateways/GatewayNode';
import { type GatewayRecord, levelOfCode } from './GatewayRecord';
import { type JobsQuestion, readJobs } from './readJobs';
import { readSims } from './readSims';
import { readHeld, readWaiting, type WaitingQuestions } from './readWaiting';

/** Where the sidebar finds what it shows of a gateway. */
export interface SidebarParts extends WaitingQuestions {
  getJobs: JobsQuestion;
  /** Asked for what is wrong with a gateway node. */
  getConditions: (id: string) => SidebarCondition[];
  /** Absent where the node can't make a queue. */
  gateway: Gateway | undefined;
  record: GatewayRecord;
}

/**
 * A gateway node as the sidebar shows it. It asks the store, never the gateway.
 * @param monotonic the present moment by the clock that never steps
 */
export async function readGateway(node: GatewayNode, parts: SidebarParts, monotonic: number): Promise<SidebarGateway> {
  const { gateway, record } = parts;
  const { name, sn } = node.identity;
  const country = gateway?.home.country;
  const [waiting, hourlyLimit, jobs, sims] = await Promise.all([
    readWaiting(node.id, gateway, parts),
    hourlyLimitOf(gateway),
    readJobs(node.id, parts.getJobs),
    readSims(gateway),
  ]);
  const here = waiting?.count;
  const there = record.there ?? gateway?.sms.queue.inQueue;
  const answered = gateway?.device.contact.answered;
  return {
    id: node.id,
    name,
    address: node.urlVariable ?? addressOf(node.properties.url),
    ...(sn !== undefined && { sn }),
    ...(country !== undefined && { country }),
    ...(node.page !== undefined && { page: node.page }),
    state: stateOf(gateway, record),
    ...holderOf(gateway),
    ...(answered !== undefined && { answered }),
    ...clocksOf(gateway),
    queue: { ...(here !== undefined && { here }), ...(there !== undefined && { there }) },
    ...(hourlyLimit && { hourlyLimit: { ...hourlyLimit, held: hourlyLimit.count >= hourlyLimit.limit && here !== 0 } }),
    held: waiting ? await readHeld(node.id, waiting, gateway, parts) : [],
    conditions: parts.getConditions(node.id),
    ...jobs,
    minutes: record.minutes.series(monotonic),
    ports: record.ports,
    sims,
    sms: record.sms,
    events: record.events,
  };
}

function stateOf(gateway: Gateway | undefined, record: GatewayRecord): SidebarGateway['state'] {
  if (!gateway) return { code: 'NOT_CONFIGURED', level: 'bad' };
  // What another machine hears of it isn't known here.
  if (!gateway.isOurs) return { code: 'FOLLOWS', level: 'unknown' };
  const { answered, silent } = gateway.device.contact;
  const code = record.code ?? (silent === undefined ? undefined : 'UNREACHABLE');
  if (code === undefined && answered === undefined) return { code: 'UNHEARD', level: 'unknown' };
  return { code: code ?? 'OK', level: levelOfCode(code), ...(silent !== undefined && { since: silent }) };
}

function holderOf(gateway: Gateway | undefined): Pick<SidebarGateway, 'holder'> {
  if (!gateway?.lease) return {};
  const { holder: name } = gateway.lease;
  return { holder: { isThis: gateway.isOurs, ...(name !== undefined && { name }) } };
}

// Before its records have told a time, its web server's may do for the device.
function clocksOf(gateway: Gateway | undefined): Pick<SidebarGateway, 'clocks'> {
  const told = gateway?.device.clockAhead;
  const clocks = { ...(told !== undefined && { device: Math.round(told / 1000) }), ...gateway?.clocks.ahead };
  return Object.keys(clocks).length > 0 ? { clocks } : {};
}

const hourlyLimitOf = async (gateway: Gateway | undefined) => gateway?.sms.queue.hourlyLimit().catch(() => undefined);

/** A gateway node's address as it is shown: a login in it would be nobody's business. */
export function addressOf(url: string): string {
  if (!URL.canParse(url) || !/^https?:/i.test(url)) return url.replace(/\/\/[^/]*@/, '//');
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
}
