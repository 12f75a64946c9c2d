/** Listeners that are told when something happens, in the order of coming. */
export class Listeners<T> {
  private readonly listeners = new Set<(told: T) => void>();

  /** Calls `listener` from now on; returns the function that ends that. */
  on(listener: (told: T) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  tell(told: T): void {
    for (const listener of this.listeners) listener(told);
  }
}
