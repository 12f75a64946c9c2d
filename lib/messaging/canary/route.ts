/** A SIM that could take part. */
export interface CanarySim {
  port: number;
  /** Undefined where nobody knows it: then it can only send. */
  number: string | undefined;
}

/** From which port to which. */
export interface CanaryRoute {
  from: number;
  to: number;
}

/** Which way the next test SMS goes. */
export type RouteChoice = (CanaryRoute & { number: string }) | { missing: 'sims' | 'numbers' };

/**
 * Chooses the way of the next test SMS among the SIMs that are ready: each sends in its turn, to the one after it whose number
 * is known, so that a SIM has always the same recipient. One that failed is tried again until it works.
 * @param last the way of the one before
 */
export function chooseRoute(
  ready: readonly CanarySim[],
  last: CanaryRoute | undefined,
  hasFailed: boolean,
): RouteChoice {
  const ports = [...ready].sort((one, other) => one.port - other.port);
  if (ports.length < 2) return { missing: 'sims' };
  const numberOf = (port: number): string | undefined => ports.find((one) => one.port === port)?.number;
  const again = hasFailed && last && ports.some(({ port }) => port === last.from) ? numberOf(last.to) : undefined;
  if (last && again !== undefined) return { ...last, number: again };
  for (const { port: from } of after(ports, last?.from ?? -1)) {
    const to = after(ports, from).find(({ port, number }) => port !== from && number !== undefined);
    if (to?.number !== undefined) return { from, to: to.port, number: to.number };
  }
  return { missing: 'numbers' };
}

/** All of them, the one after `port` first. */
const after = (ports: readonly CanarySim[], port: number): CanarySim[] => [
  ...ports.filter((one) => one.port > port),
  ...ports.filter((one) => one.port <= port),
];
