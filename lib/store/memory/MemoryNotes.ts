import type { Shelves } from './Shelves';

/** The notes of a memory store. */
export abstract class MemoryNotes {
  protected abstract get openShelves(): Pick<Shelves, 'notes'>;

  async notes(keys: string[]): Promise<Map<string, string>> {
    const { notes } = this.openShelves;
    return new Map(
      keys.flatMap((key) => {
        const note = notes.get(key);
        return note === undefined ? [] : [[key, note]];
      }),
    );
  }

  async putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    const shelf = this.openShelves.notes;
    for (const [key, note] of notes) shelf.set(key, note);
  }

  async noteKeys(): Promise<string[]> {
    return [...this.openShelves.notes.keys()];
  }

  async forgetNotes(keys: string[]): Promise<void> {
    const { notes } = this.openShelves;
    for (const key of keys) notes.delete(key);
  }
}
