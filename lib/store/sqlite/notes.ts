import { parsed, quoted } from '../rows';
import type { Connection } from './Connection';

export const notes = (db: Connection, keys: string[]): Map<string, string> =>
  new Map(
    keys.flatMap((key) => {
      const row = db.get('SELECT note FROM notes WHERE key = ?', quoted(key));
      return row ? [[key, parsed<string>(row.note)]] : [];
    }),
  );

export function putNotes(db: Connection, given: ReadonlyMap<string, string>): void {
  for (const [key, note] of given) {
    db.run('INSERT OR REPLACE INTO notes (key, note) VALUES (?, ?)', quoted(key), quoted(note));
  }
}

export const noteKeys = (db: Connection): string[] =>
  db.all('SELECT key FROM notes').map(({ key }) => parsed<string>(key));

export function forgetNotes(db: Connection, keys: string[]): void {
  for (const key of keys) db.run('DELETE FROM notes WHERE key = ?', quoted(key));
}
