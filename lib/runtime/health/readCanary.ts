import { invalidInput } from '../../gateway-api';
import { isCanaryHours } from '../../properties/canaryHours';
import { readCanaryNumbers } from '../../properties/canaryNumbers';

/** The test SMS that a watch node wants. */
export interface CanarySettings {
  /** Ms between two of them; 0 = none. */
  every: number;
  /** Numbers of SIMs, by port or ICCID. */
  numbers: ReadonlyMap<string, string>;
}

const HOUR_MS = 3_600_000;

/** Reads what a `dinstar-watch` node says of its test SMS. Throws `INVALID_INPUT` naming the field. */
export function readCanary({ canary, canaryNumbers }: { canary: unknown; canaryNumbers: string }): CanarySettings {
  if (!isCanaryHours(canary)) throw invalidInput('canary', 'must be hours from 0.25 to 720, or 0 for no test SMS');
  const read = readCanaryNumbers(canaryNumbers);
  if ('wrongLine' in read)
    throw invalidInput(
      'canaryNumbers',
      `line ${read.wrongLine} must be a port or an ICCID, a blank, and that SIM's number`,
    );
  return { every: Number(canary ?? 0) * HOUR_MS, numbers: read.numbers };
}
