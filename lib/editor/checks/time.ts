import type { Check } from '../problem';

/** As a gateway writes it; a person may leave zeros out. */
const VENDOR = /^(\d{4})-(\d{1,2})-(\d{1,2})[ T]+(\d{1,2}):(\d{1,2}):(\d{1,2})$/;

/** A time as a text: by the gateway's clock, or ISO 8601; nothing = no limit. */
export const time: Check = (value) => {
  const text = value.trim();
  const isTime = text === '' || isVendorTime(text) || !Number.isNaN(Date.parse(text));
  return isTime ? undefined : { key: 'common.error.time' };
};

function isVendorTime(text: string): boolean {
  const parts = VENDOR.exec(text)?.slice(1).map(Number);
  if (!parts) return false;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}
