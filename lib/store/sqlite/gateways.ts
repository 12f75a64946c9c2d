import type { Row } from './drivers/driver';

export const each = (gateways: string[]): string[] => [...new Set(gateways)];

/** What several gateways have of something, put in one order. */
export function together(
  gateways: string[],
  rowsOf: (gateway: string) => Row[],
  compare: (a: Row, b: Row) => number,
): Row[] {
  const rows = each(gateways).map(rowsOf);
  return rows.length === 1 ? (rows[0] ?? []) : rows.flat().sort(compare);
}

export const byId = (a: Row, b: Row): number => Number(a.id) - Number(b.id);
