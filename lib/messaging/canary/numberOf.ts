import type { PortInfo } from '../../gateway-api';
import { cleanNumber, type Plus } from '../taking/number';

/** Numbers that somebody has written down, by ICCID or port, and how the gateway wants their +. */
export interface NumbersGiven {
  numbers: ReadonlyMap<string, string>;
  plus: Plus;
}

/** The number of a SIM as it is sent to: as somebody wrote it down, else as the gateway says; undefined where none is one. */
export function numberOf(
  { port, iccid, number }: Pick<PortInfo, 'port' | 'iccid' | 'number'>,
  given: readonly NumbersGiven[],
): string | undefined {
  const written = given.flatMap(({ numbers }) => numbers.get(iccid ?? '') ?? numbers.get(String(port)) ?? []);
  const plus = given[0]?.plus ?? 'keep';
  return [...written, number ?? ''].flatMap((candidate) => cleaned(candidate, plus) ?? [])[0];
}

function cleaned(candidate: string, plus: Plus): string | undefined {
  try {
    return cleanNumber(candidate, plus, 'number');
  } catch {
    return undefined;
  }
}
