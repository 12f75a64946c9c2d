import { isZoneWord, readSendTime } from '../../times';
import type { Check } from '../problem';

/** When an SMS is to leave; nothing = at once. */
export const sendTime: Check = (value) =>
  value.trim() === '' || readSendTime(value) ? undefined : { key: 'error.sendAt' };

/** A zone for times that a person writes: a name, nothing for the gateway's, or the word for the recipient's. */
export const zoneWord: Check = (value) => (isZoneWord(value.trim()) ? undefined : { key: 'error.hours.zone' });
