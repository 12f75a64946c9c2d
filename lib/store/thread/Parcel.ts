/** Puts together what is sent in one go, so that many small things cross to another thread as one. */
export class Parcel<T> {
  private items: T[] = [];
  private isClosing = false;
  private isPlanned = false;

  /** @param onClose told of all that was put in */
  constructor(private readonly onClose: (items: T[]) => void) {}

  /** @param canWait whether what comes in this turn of the event loop may go with it */
  add(item: T, canWait = false): void {
    this.items.push(item);
    if (!canWait) this.closeSoon();
    else if (!this.isPlanned) this.closeAfterTurn();
  }

  private closeSoon(): void {
    if (this.isClosing) return;
    this.isClosing = true;
    queueMicrotask(() => {
      this.isClosing = false;
      this.close();
    });
  }

  private closeAfterTurn(): void {
    this.isPlanned = true;
    setImmediate(() => {
      this.isPlanned = false;
      this.close();
    });
  }

  private close(): void {
    const { items } = this;
    if (items.length === 0) return;
    this.items = [];
    this.onClose(items);
  }
}
