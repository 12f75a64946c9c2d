import { type CdrQuery, invalidInput } from '../../../gateway-api';
import { readTime } from '../../reading/smsFilter';
import { secondsOf, timeOf } from './deviceTime';

/** What a flow asks for, as it gives it. */
export interface GivenCdrFilter {
  ports: number[] | undefined;
  timeAfter: unknown;
  timeBefore: unknown;
}

/**
 * Which call records are wanted, as the gateway takes it (manual 12.2): times as vendor string, ISO, epoch ms or Date.
 * Throws `INVALID_INPUT` that names the field.
 * @param timezone the gateway's
 */
export function readCdrFilter({ ports, timeAfter, timeBefore }: GivenCdrFilter, timezone: string): CdrQuery {
  const time_after = readDeviceTime(timeAfter, 'timeAfter', timezone);
  const time_before = readDeviceTime(timeBefore, 'timeBefore', timezone);
  if (time_after !== undefined && time_before !== undefined && time_before < time_after) {
    throw invalidInput('timeBefore', 'must not be earlier than timeAfter');
  }
  return {
    ...(ports && { port: ports }),
    ...(time_after !== undefined && { time_after }),
    ...(time_before !== undefined && { time_before }),
  };
}

// The manual's form has two digits everywhere; a person may write one.
function readDeviceTime(given: unknown, field: string, timezone: string): string | undefined {
  const seconds = secondsOf(readTime(given, field, timezone));
  return seconds === undefined ? undefined : timeOf(seconds);
}
