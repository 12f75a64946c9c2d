/**
 * What the dialogs call the properties that an error may name, by node type and property: the words of the English catalogues
 * (a test compares them). Errors are written in English, whatever the editor speaks.
 */
export const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'dinstar-gateway': {
    url: 'Address',
    tls: 'TLS',
    username: 'User name',
    password: 'Password',
    auth: 'Login',
    timezone: 'Time zone',
    timeout: 'Time-out',
    concurrency: 'Requests',
    plus: 'Leading +',
    stkCancelWord: 'STK cancel',
    combine: 'Combine',
    combineBytes: 'Request size',
    queueLimit: 'Queue limit',
    maxPerHour: 'Hourly limit',
    maxPerRecipient: 'Per recipient',
    unknownPolicy: 'If in doubt',
    unknownHold: 'In doubt for',
  },
  'dinstar-send-sms': {
    to: 'To',
    text: 'Text',
    texts: 'By language',
    encoding: 'Encoding',
    priority: 'Priority',
    statusReport: 'Delivery report',
    validity: 'Valid for',
    userId: 'user_id',
    key: 'Key',
    until: 'Reached when',
    wait: 'Wait at most',
    sendAt: 'Send at',
    sendZone: 'Time zone',
    window: 'Hours',
    lateBy: 'Late by at most',
    spread: 'Spread over',
    collect: 'Collect for',
    job: 'Job',
    onTimeout: 'After that',
    outcome: 'Outcome lists',
    updates: 'Updates',
    progress: 'Progress every',
  },
  'dinstar-stop-sms': { task: 'Stop' },
  'dinstar-query-result': { query: 'Ask for', filter: 'Only those with' },
  'dinstar-receive-sms': { mode: 'Emits', interval: 'Looks every', replyWindow: 'Answers within' },
  'dinstar-ussd': { text: 'Code', action: 'Do', wait: 'Wait at most' },
  'dinstar-port-info': { info: 'Information', mode: 'Mode', interval: 'Look every', signalStep: 'Signal counts from' },
  'dinstar-set-port': { port: 'Port', action: 'Action', param: 'Param', settle: 'Settle within' },
  'dinstar-stk': { port: 'Port', action: 'Do', item: 'Item', param: 'Enter', wait: 'Wait at most' },
  'dinstar-sim-care': { mode: 'Mode', action: 'Do', port: 'Port', iccid: 'ICCID', param: 'Param' },
  'dinstar-cdr': { mode: 'Mode', interval: 'Ask every', timeAfter: 'After', timeBefore: 'Before' },
  'dinstar-push-receiver': { listen: 'Own port', limit: 'Largest push' },
  'dinstar-watch': {
    gateways: 'Gateways',
    canary: 'Test SMS every',
    canaryNumbers: 'Numbers',
    metrics: 'Metrics',
  },
  'dinstar-metrics': { listen: 'Own port' },
  'dinstar-store': { kind: 'Kept in', keepDays: 'Keep finished', onUnavailable: 'If it fails' },
};
const COMMON: Readonly<Record<string, string>> = {
  ports: 'Ports',
  gateway: 'Gateway',
  gatewayFrom: 'Chosen by',
  output: 'Output',
};

/** The label of a property in the dialog of a node type; undefined where it has none. */
export const labelOf = (type: string, property: string): string | undefined =>
  LABELS[type]?.[property] ?? COMMON[property] ?? LABELS['dinstar-gateway']?.[property];
