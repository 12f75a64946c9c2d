import type { SubmittedSms } from '../../../simulator';
import { keyOf, type Traffic } from './Traffic';

/** From, to: ms since 1970. */
export type Span = readonly [number, number];

/** How busy the ports were while there was work for them, and each time that one was not, the longest first. */
export interface Busyness {
  share: number;
  gaps: { port: number; from: number; ms: number }[];
}

/**
 * Counted by what the simulated ports did, from their own log: a port is idle between the end of one SMS and the beginning of
 * the next, as far as an SMS that may go through it had been given in by then and wasn't on air yet.
 * @param excused of each port: when it couldn't have sent
 */
export function busyness(
  submitted: readonly SubmittedSms[],
  traffic: Traffic,
  excused: (port: number) => Span[],
  ports: number,
): Busyness {
  const portSets = new Map<string, { ports: number[] | undefined; spans: Span[] }>();
  for (const sms of submitted) {
    const given = traffic.given.get(keyOf(sms));
    if (!given || sms.sentAt === undefined) continue;
    const name = String(given.ports);
    const portSet = portSets.get(name) ?? { ports: given.ports, spans: [] };
    portSets.set(name, portSet);
    portSet.spans.push([given.at, sms.sentAt]);
  }
  const work = [...portSets.values()].map((portSet) => ({ ports: portSet.ports, spans: united(portSet.spans) }));
  let busy = 0;
  const gaps: Busyness['gaps'] = [];
  for (let port = 0; port < ports; port++) {
    const own = submitted.filter(({ sentPort, endedAt }) => sentPort === port && endedAt !== undefined);
    const spans = united(own.map(({ sentAt = 0, endedAt = 0 }) => [sentAt, endedAt]));
    const mine = united(
      work.filter((portSet) => portSet.ports?.includes(port) ?? true).flatMap((portSet) => portSet.spans),
    );
    const idle = without(mine, united([...spans, ...excused(port)]));
    busy += lengthOf(without(spans, united(excused(port))));
    gaps.push(...idle.map(([from, to]) => ({ port, from, ms: to - from })));
  }
  const idle = gaps.reduce((sum, { ms }) => sum + ms, 0);
  return { share: busy / (busy + idle), gaps: gaps.sort((one, other) => other.ms - one.ms) };
}

/** The spans, those that touch made one, in order. */
function united(spans: readonly Span[]): Span[] {
  const all: [number, number][] = [];
  for (const [from, to] of [...spans].sort((one, other) => one[0] - other[0])) {
    const last = all.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** What of spans lies outside others; both united. */
function without(spans: readonly Span[], others: readonly Span[]): Span[] {
  const left: Span[] = [];
  let next = 0;
  for (const [begin, end] of spans) {
    let from = begin;
    while (next > 0 && (others[next - 1]?.[1] ?? 0) > begin) next--;
    for (; next < others.length && (others[next]?.[0] ?? 0) < end; next++) {
      const [start, stop] = others[next] ?? [0, 0];
      if (stop <= from) continue;
      if (start > from) left.push([from, start]);
      from = Math.max(from, stop);
      if (stop > end) break;
    }
    if (from < end) left.push([from, end]);
  }
  return left;
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, [from, to]) => sum + to - from, 0);
