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
    stkCancelWord: 'STK cancel',
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
  },
  'dinstar-stop-sms': { task: 'Stop' },
  'dinstar-query-result': { filter: 'Only those with' },
  'dinstar-ussd': { text: 'Code', action: 'Do', wait: 'Wait at most' },
  'dinstar-port-info': { info: 'Information' },
  'dinstar-set-port': { port: 'Port', action: 'Action', param: 'Param' },
  'dinstar-stk': { port: 'Port', action: 'Do', item: 'Item', param: 'Enter', wait: 'Wait at most' },
  'dinstar-sim-care': { action: 'Do', port: 'Port', iccid: 'ICCID', param: 'Param' },
  'dinstar-cdr': { timeAfter: 'After', timeBefore: 'Before' },
};
const COMMON: Readonly<Record<string, string>> = { ports: 'Ports', gateway: 'Gateway' };

/** The label of a property in the dialog of a node type; undefined where it has none. */
export const labelOf = (type: string, property: string): string | undefined =>
  LABELS[type]?.[property] ?? COMMON[property] ?? LABELS['dinstar-gateway']?.[property];
