import type { SqlValue } from './drivers/driver';

/** How a column is compared with a list, and the value for that. One alone costs half without a list that SQLite makes a table of. */
export function oneOf(list: readonly (string | number)[]): { is: string; value: SqlValue } {
  const [only = null] = list;
  if (list.length === 1) return { is: '= ?', value: only };
  return { is: 'IN (SELECT value FROM json_each(?))', value: JSON.stringify(list) };
}
