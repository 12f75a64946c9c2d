/** A line of a self-test's report: `note` is worth a look, and no fault. */
export interface SelfTestCheck {
  id: string;
  state: 'open' | 'good' | 'bad' | 'note';
  /** How many of the SMS, where that says something. */
  count?: number;
  /** What arrived instead, or what the gateway said. */
  detail?: string;
  /** Of `clock`: seconds that the gateway is ahead. */
  seconds?: number;
}

/** How a self-test stands. */
export interface SelfTestReport {
  state: 'running' | 'done' | 'aborted';
  from: number;
  to: number;
  number: string;
  sms: number;
  /** ISO 8601. */
  started: string;
  checks: SelfTestCheck[];
  /** Why it ended early. */
  problem?: { code: string; message: string };
  /** Whether it showed that different texts may travel in one request. */
  combinesAll: boolean;
}
