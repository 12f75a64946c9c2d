/** How long the things take that take time on a real gateway, in milliseconds: from, to. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const spans = {
  real: {
    segment: { from: 5000, to: 8000 },
    slowSegment: { from: 60_000, to: 60_000 },
    report: { from: 2000, to: 5000 },
    slowReport: { from: 600_000, to: 600_000 },
    ussd: { from: 1000, to: 15_000 },
    lateUssd: { from: 40_000, to: 60_000 },
    secondUssd: { from: 500, to: 1500 },
    notifyAgain: { from: 2000, to: 5000 },
    ussdSession: { from: 120_000, to: 120_000 },
    stk: { from: 800, to: 2500 },
    registering: { from: 8000, to: 20_000 },
    latePush: { from: 1000, to: 5000 },
    reboot: { from: 60_000, to: 60_000 },
  },
  fast: {
    segment: { from: 1, to: 2 },
    slowSegment: { from: 300, to: 300 },
    report: { from: 5, to: 20 },
    slowReport: { from: 500, to: 500 },
    ussd: { from: 5, to: 20 },
    lateUssd: { from: 1500, to: 2000 },
    secondUssd: { from: 5, to: 20 },
    notifyAgain: { from: 10, to: 30 },
    ussdSession: { from: 30_000, to: 30_000 },
    stk: { from: 2, to: 5 },
    registering: { from: 20, to: 40 },
    latePush: { from: 20, to: 100 },
    reboot: { from: 300, to: 300 },
  },
} as const satisfies Record<string, Record<string, Span>>;

/** How a gateway takes its time: as a real one, or in milliseconds. */
export type Speed = keyof typeof spans;

export const speeds: readonly Speed[] = ['real', 'fast'];

/** What takes time. */
export type Activity = keyof (typeof spans)['real'];

/** Answers how long an activity takes this time, in milliseconds (manual 17.3 for a segment). */
export type Pace = (activity: Activity) => number;

/** The pace of a gateway whose speed may change, but for what `own` says; `random` picks within the span. */
export function paceOf(getSpeed: () => Speed, random: () => number, own: Partial<Record<Activity, Span>> = {}): Pace {
  return (activity) => {
    const { from, to } = own[activity] ?? spans[getSpeed()][activity];
    return Math.round(from + random() * (to - from));
  };
}
