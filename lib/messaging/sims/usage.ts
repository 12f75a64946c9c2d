import type { CardNote } from './CardNotes';
import type { PlannedCard } from './SimPlans';

/** How much of a limit is used. */
export interface UsedLimit {
  count: string;
  per: string;
  value: number;
  max: number;
  /** When it begins anew, or the first of a sliding window counts no more; null = never, or nothing is used. */
  resets_iso: string | null;
}

/** How a SIM stands (contract, dinstar-sim-care), but for the gateway that it is in. */
export interface SimUsage {
  port: number;
  /** Null where the gateway doesn't say. */
  slot: number | null;
  /** Null while it isn't known. */
  iccid: string | null;
  /** The name of its plan; null = it has none. */
  plan: string | null;
  used: UsedLimit[];
  /** Different recipients that are counted of it. */
  recipients: number;
  /** Null where it couldn't be read; absent where nobody asks for it. */
  balance?: number | null;
  /** The operator's text was there, and no balance was found in it; no part of what a flow gets. */
  isUnreadable?: true;
  /** Until when it rests (ISO); null = it doesn't. */
  resting: string | null;
  /** When an SMS was last sent by it; null = never, as far as is known. */
  last_ok_iso: string | null;
}

/** What those who watch over gateways want to know of a SIM with a plan. */
export interface SimFacts {
  port: number;
  iccid?: string;
  /** Seconds that it still rests. */
  resting?: number;
  /** The limits of the SIM's plan, and how much of each is used. */
  used: { count: string; per: string; value: number; max: number }[];
  /** Null where the operator's text couldn't be read. */
  balance?: number | null;
  /** What its plan warns below. */
  warnBelow?: number;
}

const isoOf = (at: number | undefined): string | null => (at ? new Date(at).toISOString() : null);

/** The record of a card. */
export function usageOf({ card, plan, meter, rest, kept }: PlannedCard, note: CardNote): SimUsage {
  const states = meter?.states() ?? [];
  const different = states.filter(({ limit }) => limit.count === 'recipients').map(({ used }) => used);
  return {
    port: card.port,
    slot: card.slot ?? null,
    iccid: card.iccid || null,
    plan: plan?.name ?? null,
    used: states.map(({ limit: { count, per, max }, used, resetsAt }) => ({
      ...{ count, per, value: used, max },
      resets_iso: isoOf(resetsAt),
    })),
    recipients: Math.max(kept, ...different),
    ...(plan?.balance && { balance: note.balance?.value ?? null }),
    ...(plan?.balance && note.balance?.value === null && { isUnreadable: true }),
    resting: isoOf(rest.until),
    last_ok_iso: isoOf(note.lastOk),
  };
}

/** Says how a SIM stands, for whoever watches over gateways. */
export function factsOf({ card, plan, meter, rest }: PlannedCard, { balance }: CardNote, now: number): SimFacts {
  const used = (meter?.states() ?? []).map(({ limit: { count, per, max }, used: value }) => ({
    count,
    per,
    max,
    value,
  }));
  return {
    port: card.port,
    ...(card.iccid && { iccid: card.iccid }),
    ...(rest.until > now && { resting: Math.ceil((rest.until - now) / 1000) }),
    used,
    ...(plan?.balance && { balance: balance?.value ?? null }),
    ...(plan?.balance?.warnBelow !== undefined && { warnBelow: plan.balance.warnBelow }),
  };
}

/** Whether a card's credit is below what its plan warns below; undefined while it can't be known. */
export function isLow({ plan }: PlannedCard, { balance }: CardNote): boolean | undefined {
  const warnBelow = plan?.balance?.warnBelow;
  if (warnBelow === undefined) return false;
  return balance === undefined || balance.value === null ? undefined : balance.value < warnBelow;
}
