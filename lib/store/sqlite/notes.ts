import type { Connection } from './Connection';
import { quoted } from './records';

export const notes = (db: Connection, keys: string[]): Map<string, string> =>
  new Map(
    keys.flatMap((key) => {
      const row = db.get('SELECT note FROM notes WHERE key = ?', quoted(key));
      return row ? [[key, JSON.parse(row.note as string) as string]] : [];
    }),
  );

export function putNotes(db: Connection, given: ReadonlyMap<string, string>): void {
  for (const [key, note] of given) {
    db.run('INSERT OR REPLACE INTO notes (key, note) VALUES (?, ?)', quoted(key), quoted(note));
  }
}
