/** The words that a field may hold. */
export interface Words<W extends string = string> {
  /** The field's name in records. */
  readonly field: string;
  /** What the field tells of, for texts. */
  readonly of: string;
  /** As the manual spells them. */
  readonly manual: readonly W[];
  /** What other firmware and other makes write, folded (small letters, `_` for blanks), and what each is taken for. */
  readonly others?: Readonly<Record<string, W>>;
  /** How a word counts that isn't known; empty = nothing depends on it, so that nobody is told. */
  readonly otherwise: string;
}

// docs/gateways.md, "Words and rows", is the same table for users.

/** How a port stands with its network (manual 10.3). */
export const REG = {
  field: 'reg',
  of: 'a port',
  manual: [
    'POWER_OFF',
    'NO_SIM',
    'PIN_REQUIRE',
    'PUK_REQUIRE',
    'UNREGISTER',
    'SEARCHING_NETWORK',
    'REGISTER_OK',
    'UNKNOWN',
  ],
  others: {
    registered: 'REGISTER_OK',
    register: 'REGISTER_OK',
    registered_home: 'REGISTER_OK',
    registered_roaming: 'REGISTER_OK',
    register_ok_roaming: 'REGISTER_OK',
    roaming: 'REGISTER_OK',
    unregistered: 'UNREGISTER',
    not_registered: 'UNREGISTER',
    register_fail: 'UNREGISTER',
    register_failed: 'UNREGISTER',
    register_denied: 'UNREGISTER',
    registration_denied: 'UNREGISTER',
    searching: 'SEARCHING_NETWORK',
    search_network: 'SEARCHING_NETWORK',
    registering: 'SEARCHING_NETWORK',
    no_sim_card: 'NO_SIM',
    nosim: 'NO_SIM',
    sim_absent: 'NO_SIM',
    pin_required: 'PIN_REQUIRE',
    sim_pin: 'PIN_REQUIRE',
    puk_required: 'PUK_REQUIRE',
    sim_puk: 'PUK_REQUIRE',
    poweroff: 'POWER_OFF',
    powered_off: 'POWER_OFF',
    off: 'POWER_OFF',
  },
  otherwise: 'counts as registered',
} as const satisfies Words;

/** What became of an SMS (manual 3.3). UNDELIVERED isn't the manual's, but the contract's. */
export const SMS_STATUS = {
  field: 'status',
  of: 'an SMS result',
  manual: ['FAILED', 'SENDING', 'SENT_OK', 'DELIVERED', 'UNDELIVERED'],
  others: {
    fail: 'FAILED',
    failure: 'FAILED',
    send_fail: 'FAILED',
    send_failed: 'FAILED',
    sent_fail: 'FAILED',
    sent_failed: 'FAILED',
    sent: 'SENT_OK',
    send_ok: 'SENT_OK',
    sent_success: 'SENT_OK',
    send_success: 'SENT_OK',
    deliver_ok: 'DELIVERED',
    delivered_ok: 'DELIVERED',
    delivery_ok: 'DELIVERED',
    deliver_fail: 'UNDELIVERED',
    deliver_failed: 'UNDELIVERED',
    queued: 'SENDING',
    waiting: 'SENDING',
    pending: 'SENDING',
  },
  otherwise: 'says only that the gateway has the SMS',
} as const satisfies Words;

/** Whether a SIM has registered or dropped out (manual 16). */
export const REGISTER_STATUS = {
  field: 'status',
  of: 'a register event',
  manual: ['up', 'down'],
  others: { registered: 'up', register_ok: 'up', unregistered: 'down', unregister: 'down' },
  otherwise: 'only makes the ports be looked at',
} as const satisfies Words;

/** Whether a device was switched on or off (field notes). */
export const DEVICE_STATUS = {
  field: 'status',
  of: 'a device event',
  manual: ['power_on', 'power_off'],
  otherwise: '',
} as const satisfies Words;

/** The radio of a port (manual 10.3). */
export const PORT_TYPE = {
  field: 'type',
  of: 'a port',
  manual: ['GSM', 'CDMA', 'WCDMA', 'LTE', 'UNKNOWN'],
  otherwise: '',
} as const satisfies Words;

/** What a port does (manual 10.3). */
export const CALL_STATE = {
  field: 'callstate',
  of: 'a port',
  manual: ['Idle', 'Processing', 'Ringing', 'Active', 'Alerting', 'Call Waiting', 'Call holding', 'Unknown'],
  otherwise: '',
} as const satisfies Words;

/** Whether a port has packet data (manual 10.4). */
export const GPRS = {
  field: 'gprs',
  of: 'a port',
  manual: ['attached', 'detached'],
  otherwise: '',
} as const satisfies Words;

/** Which way a call went (manual 12.3). */
export const DIRECTION = {
  field: 'direction',
  of: 'a call record',
  manual: ['gsm->ip', 'ip->gsm', 'callback'],
  otherwise: '',
} as const satisfies Words;
