/** Numbers of SIMs, by port or ICCID; or the first line that names none, counted from 1. */
export type CanaryNumbers = { numbers: ReadonlyMap<string, string> } | { wrongLine: number };

const LINE = /^(\d{1,2}|\d{18,20}[\dA-Fa-f]?)[\s:=]+(\+?[\d\s().-]{3,30})$/;
const HIGHEST_PORT = 31;

/**
 * Reads the numbers of SIMs that a watch node's author has written down, one a line: a port or an ICCID, and the number. Returns
 * them by port or ICCID, or which line is wrong.
 */
export function readCanaryNumbers(text: string): CanaryNumbers {
  const numbers = new Map<string, string>();
  for (const [place, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const [, sim = '', number = ''] = LINE.exec(line.trim()) ?? [];
    const isPort = sim.length <= 2;
    if (sim === '' || (isPort && Number(sim) > HIGHEST_PORT)) return { wrongLine: place + 1 };
    numbers.set(isPort ? String(Number(sim)) : sim, number.trim());
  }
  return { numbers };
}
