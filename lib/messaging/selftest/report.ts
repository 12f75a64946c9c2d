/** What a self-test looks at. */
export const CHECKS = [
  'accepted',
  'sent',
  'reports',
  'pair',
  'extension',
  'emoji',
  'long',
  'once',
  'push',
  'clock',
] as const;
export type CheckId = (typeof CHECKS)[number];

/** One line of a report: `note` is worth a look, and no fault. */
export interface Check {
  id: CheckId;
  state: 'open' | 'good' | 'bad' | 'note';
  /** How many of the SMS, where that says something. */
  count?: number;
  /** What arrived instead, or what the gateway said. */
  detail?: string;
  /** Of `clock`: seconds that the gateway is ahead. */
  seconds?: number;
}

/** How a self-test stands. */
export interface Report {
  state: 'running' | 'done' | 'aborted';
  from: number;
  to: number;
  number: string;
  sms: number;
  segments: number;
  /** ISO 8601. */
  started: string;
  checks: Check[];
  /** Why it ended early. */
  problem?: { code: string; message: string };
  /** Whether it showed that different texts may travel in one request. */
  combinesAll: boolean;
}
