import { duration } from '../duration';
import type { Translate } from '../red';

/** What each state of a port is called (manual 10.3, `reg`). */
export const REG_LABELS: Record<string, string> = {
  REGISTER_OK: 'label.reg.registered',
  UNREGISTER: 'label.reg.unregistered',
  SEARCHING_NETWORK: 'label.reg.searching',
  NO_SIM: 'label.reg.noSim',
  PIN_REQUIRE: 'label.reg.pin',
  PUK_REQUIRE: 'label.reg.puk',
  POWER_OFF: 'label.reg.off',
  UNKNOWN: 'label.reg.unknown',
};

/** What a port's button shows in place of a signal: a sign a state, so that colour isn't all that tells them apart. */
export const REG_ICONS: Record<string, string> = {
  UNREGISTER: 'exclamation',
  SEARCHING_NETWORK: 'search',
  NO_SIM: 'minus',
  PIN_REQUIRE: 'lock',
  PUK_REQUIRE: 'lock',
  POWER_OFF: 'power-off',
};

/** What each status of an SMS is called. */
export const SMS_LABELS: Record<string, string> = {
  QUEUED: 'label.sms.queued',
  ACCEPTED: 'label.sms.accepted',
  SENDING: 'label.sms.sending',
  SENT_OK: 'label.sms.sent',
  DELIVERED: 'label.sms.delivered',
  FAILED: 'label.sms.failed',
  PARTIAL: 'label.sms.partial',
  UNDELIVERED: 'label.sms.undelivered',
  EXPIRED: 'label.sms.expired',
  STOPPED: 'label.sms.stopped',
  REFUSED: 'label.sms.refused',
  WITHHELD: 'label.sms.withheld',
  UNKNOWN: 'label.sms.unknown',
};

/** Why SMS wait, by `held.by` (contract). */
export const HELD_LABELS: Record<string, string> = {
  schedule: 'label.held.schedule',
  pause: 'label.held.pause',
  'sim-limit': 'label.held.simLimit',
  'no-sim': 'label.held.noSim',
  'gateway-down': 'label.held.gatewayDown',
  'login-refused': 'label.held.loginRefused',
  'hourly-limit': 'label.held.hourlyLimit',
  'loop-guard': 'label.held.loopGuard',
};

/** What is counted of a SIM, and over which time. */
export const SIM_COUNTS: Record<string, string> = {
  sms: 'label.sim.count.sms',
  segments: 'label.sim.count.segments',
  recipients: 'label.sim.count.recipients',
};
export const SIM_PERIODS: Record<string, string> = {
  minute: 'label.sim.per.minute',
  hour: 'label.sim.per.hour',
  day: 'label.sim.per.day',
  week: 'label.sim.per.week',
  month: 'label.sim.per.month',
  card: 'label.sim.per.card',
};

/** The fields of a port's details, in the order in which they are shown. */
export const PORT_FIELDS: Record<string, string> = {
  number: 'label.port.number',
  type: 'label.port.type',
  signal: 'label.port.signal',
  slot: 'label.port.slot',
  callstate: 'label.port.callstate',
  gprs: 'label.port.gprs',
  iccid: 'label.port.iccid',
  imsi: 'label.port.imsi',
  imei: 'label.port.imei',
};

/** What a code of the runtime is called: an obstacle of the line or an error. */
export const codeLabel = (code: string): string => `common.status.${code.toLowerCase()}`;

/** What went wrong, in a word or two. */
export function problem(t: Translate, code: string): string {
  if (code === 'NOT_ALLOWED') return t('error.notAllowed');
  return code === 'NO_ANSWER' || code === 'NOT_JSON' ? t('error.noAnswer') : t(codeLabel(code));
}

/** Seconds: the times are told in whole ones, and some are seconds old when they come. */
const CLOCK_TOLERANCE_S = 60;

/** How a gateway's two clocks stand to this machine's; empty while neither is known. */
export function clockWords(t: Translate, { device, network }: { device?: number; network?: number } = {}): string {
  const word = (ahead: number): string => {
    if (Math.abs(ahead) <= CLOCK_TOLERANCE_S) return t('label.clock.same');
    return t(ahead > 0 ? 'label.clock.ahead' : 'label.clock.behind', { difference: duration(ahead) });
  };
  const parts = [
    ...(device === undefined ? [] : [t('label.clock.device', { clock: word(device) })]),
    ...(network === undefined ? [] : [t('label.clock.network', { clock: word(network) })]),
  ];
  return parts.join(' · ');
}
