import { parsed, quoted } from '../rows';
import { columnsOf } from './records';
import type { Transaction } from './Transaction';

const NOTES = `SELECT key, note FROM unnest($1::text[]) WITH ORDINALITY AS asked (key, place) JOIN %.notes AS notes USING (key)
  ORDER BY place`;
export const notes = async (tx: Transaction, keys: string[]): Promise<Map<string, string>> =>
  new Map((await tx.ask(NOTES, keys.map(quoted))).map(({ key, note }) => [parsed<string>(key), parsed<string>(note)]));

const PUT = `INSERT INTO %.notes (key, note) SELECT * FROM unnest($1::text[], $2::text[])
  ON CONFLICT (key) DO UPDATE SET note = excluded.note`;
export function putNotes(tx: Transaction, given: ReadonlyMap<string, string>): void {
  const inOrder = [...given].map((pair) => pair.map(quoted)).sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  const columns = columnsOf(
    inOrder,
    ([key]) => key,
    ([, note]) => note,
  );
  if (inOrder.length > 0) tx.tell(PUT, ...columns);
}

export const noteKeys = async (tx: Transaction): Promise<string[]> =>
  (await tx.ask('SELECT key FROM %.notes')).map(({ key }) => parsed<string>(key));

export const forgetNotes = (tx: Transaction, keys: string[]): void =>
  tx.tell('DELETE FROM %.notes WHERE key = ANY($1::text[])', keys.map(quoted));
