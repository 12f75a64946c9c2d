/** What Prometheus is shown, by name: `help` is its HELP line. Every label is bounded: docs/decisions/0054. */

export const SMS = {
  name: 'dinstar_sms_total',
  help: 'SMS that came to a status; one SMS comes to several.',
  labelNames: ['gateway', 'status'],
} as const;

export const SEGMENTS = {
  name: 'dinstar_sms_segments_total',
  help: 'Segments that went on air, which operators bill.',
  labelNames: ['gateway'],
} as const;

export const INCOMING = { name: 'dinstar_incoming_total', help: 'SMS that came in.', labelNames: ['gateway'] } as const;

export const WITHHELD = {
  name: 'dinstar_withheld_total',
  help: 'SMS that a rule never let out, by the rule.',
  labelNames: ['gateway', 'code'],
} as const;

export const STAGES = {
  name: 'dinstar_stage_seconds',
  help: 'Seconds that SMS took: waited here, until sent, until delivered.',
  labelNames: ['gateway', 'stage'],
  // From one that leaves at once to one that waits for a day.
  buckets: [1, 2, 5, 10, 30, 60, 300, 900, 3600, 14_400, 86_400],
} as const;

/** The gauges by their names, with their labels. */
export const GAUGES = {
  dinstar_waiting: { help: 'SMS that wait here, at most 100000.', labels: ['gateway', 'priority'] },
  dinstar_oldest_waiting_seconds: {
    help: 'Age of the oldest SMS that waits here and may leave; 0 where none does.',
    labels: ['gateway', 'priority'],
  },
  dinstar_in_gateway: { help: 'SMS that the gateway has, or may have, and that are not on air.', labels: ['gateway'] },
  dinstar_in_doubt: { help: 'SMS of which it is not clear whether they went out.', labels: ['gateway'] },
  dinstar_gateway_up: { help: '1 where the gateway answers, 0 where it does not.', labels: ['gateway'] },
  dinstar_last_push_timestamp_seconds: { help: 'When the gateway pushed last.', labels: ['gateway'] },
  dinstar_port_ready: { help: '1 where the SIM is registered.', labels: ['gateway', 'port'] },
  dinstar_port_signal: { help: 'Signal of the port, 0 to 31.', labels: ['gateway', 'port'] },
  dinstar_sim_used: { help: 'How much of a plan limit a SIM has used.', labels: ['gateway', 'port', 'count', 'per'] },
  dinstar_sim_limit: { help: 'The plan limit of a SIM.', labels: ['gateway', 'port', 'count', 'per'] },
  dinstar_sim_balance: { help: 'Balance of a SIM, in its currency.', labels: ['gateway', 'port'] },
  dinstar_canary_failures: { help: 'Test SMS from SIM to SIM that failed in a row.', labels: ['gateway'] },
  dinstar_canary_seconds: { help: 'How long the last test SMS that arrived took.', labels: ['gateway'] },
  dinstar_canary_arrived_timestamp_seconds: { help: 'When a test SMS arrived last.', labels: ['gateway'] },
  dinstar_conditions_raised: {
    help: 'How often a condition of the watch is raised now, by the SIMs where it is about SIMs; 0 = it is not.',
    labels: ['gateway', 'condition'],
  },
  dinstar_store_durable: { help: '1 where what waits survives the process.', labels: [] },
} as const;
