import type { Store } from '../store';

/** The notes of a steady store: what stands in them is their writer's own. */
export abstract class SteadyNotes {
  protected abstract readonly inner: Store;

  notes(keys: string[]): Promise<Map<string, string>> {
    return this.inner.notes(keys);
  }

  putNotes(notes: ReadonlyMap<string, string>): Promise<void> {
    return this.inner.putNotes(notes);
  }

  noteKeys(): Promise<string[]> {
    return this.inner.noteKeys();
  }

  forgetNotes(keys: string[]): Promise<void> {
    return this.inner.forgetNotes(keys);
  }
}
