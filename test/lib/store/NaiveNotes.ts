import { NaiveUsage } from './NaiveUsage';

/** The notes of a naive store. */
export abstract class NaiveNotes extends NaiveUsage {
  private readonly allNotes = new Map<string, string>();

  async notes(keys: string[]) {
    this.check();
    return new Map([...this.allNotes].filter(([key]) => keys.includes(key)));
  }

  async putNotes(notes: ReadonlyMap<string, string>) {
    this.check();
    for (const [key, note] of notes) this.allNotes.set(key, note);
  }

  async noteKeys() {
    this.check();
    return [...this.allNotes.keys()];
  }

  async forgetNotes(keys: string[]) {
    this.check();
    for (const key of keys) this.allNotes.delete(key);
  }
}
