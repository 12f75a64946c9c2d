import type { Condition } from '../../properties/conditions';
import type { SimFacts } from '../sims/usage';
import type { GatewayFacts } from './facts';

/** Which SIM something is about. */
export interface SimName {
  port: number;
  iccid?: string;
}

/** The value of a condition now. */
export interface Reading {
  condition: Condition;
  /** Undefined while it isn't known: then nothing is raised and nothing cleared. */
  value: number | undefined;
  sim?: SimName;
  /** What counts for this SIM where the rule says nothing. */
  threshold?: number;
}

/** The values of all conditions of one gateway, but for the store, which isn't one gateway's. */
export function readingsOf(facts: GatewayFacts): Reading[] {
  const { silent, noSim, oldest, stuck, deliveredPercent, inDoubtFor, pushesMissed, clockAhead, canary } = facts;
  return [
    { condition: 'gateway-unreachable', value: silent },
    { condition: 'no-ready-sim', value: noSim },
    { condition: 'oldest-waiting', value: greatest(oldest?.normal, oldest?.low, stuck?.normal) },
    { condition: 'oldest-waiting-high', value: greatest(oldest?.high, stuck?.high) },
    { condition: 'delivered-share', value: deliveredPercent },
    { condition: 'in-doubt', value: inDoubtFor },
    { condition: 'pushes-silent', value: pushesMissed },
    { condition: 'clock-off', value: clockAhead === undefined ? undefined : Math.abs(clockAhead) },
    // Where nobody wants test SMS any more, what was told of them is over.
    ...(canary ? [{ condition: 'canary' as const, value: canary.failures }] : []),
    ...(facts.sims ?? []).flatMap(readingsOfSim),
  ];
}

function readingsOfSim({ port, iccid, resting, used, balance, warnBelow }: SimFacts): Reading[] {
  const sim = { port, ...(iccid !== undefined && { iccid }) };
  const percents = used.filter(({ max }) => max > 0).map(({ value, max }) => Math.floor((100 * value) / max));
  const readings: Reading[] = [{ condition: 'sim-resting', sim, value: resting ?? 0 }];
  if (percents.length > 0) readings.push({ condition: 'sim-limit', sim, value: Math.max(...percents) });
  if (balance !== undefined)
    readings.push({ condition: 'balance-low', sim, value: balance ?? undefined, threshold: warnBelow });
  return readings;
}

function greatest(...values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}
