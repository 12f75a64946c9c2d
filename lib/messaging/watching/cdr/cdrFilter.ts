import type { Cdr, CdrQuery } from '../../../gateway-api';
import { chosenBy, readBetween } from '../../reading/times';

/** What a flow asks for, as it gives it. */
export interface GivenCdrFilter {
  ports: number[] | undefined;
  timeAfter: unknown;
  timeBefore: unknown;
}

const NAMES = { time_after: 'timeAfter', time_before: 'timeBefore' };

/**
 * Which call records are wanted, as the gateway takes it (manual 12.2): times as vendor string, ISO, epoch ms or Date.
 * Throws `INVALID_INPUT` that names the field.
 * @param timezone the gateway's
 */
export function readCdrFilter({ ports, timeAfter, timeBefore }: GivenCdrFilter, timezone: string): CdrQuery {
  const given = { time_after: timeAfter, time_before: timeBefore };
  const { time_after, time_before } = readBetween(given, NAMES, timezone);
  return {
    ...(ports && { port: ports }),
    ...(time_after !== undefined && { time_after }),
    ...(time_before !== undefined && { time_before }),
  };
}

/** Whether a record is one of those that such a filter asks for. */
export function chosenByCdrFilter(
  { timeAfter, timeBefore }: GivenCdrFilter,
  timezone: string,
): (record: Cdr) => boolean {
  const isChosen = chosenBy({ time_after: timeAfter, time_before: timeBefore }, timezone);
  return ({ start_date }) => isChosen(start_date);
}
