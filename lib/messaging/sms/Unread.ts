import type { Clock, Timer } from '../../clock';

/** After this time the store is asked again, in ms: nothing new may come that would ask. */
const RETRY_MS = 2000;

/** Inputs, or SMS, that the store could say or note nothing of, or that another machine couldn't be told of. */
export class Unread<Id = string> {
  private readonly ids = new Set<Id>();
  private timer: Timer | undefined;

  /** @param onRetry told of all of them when it is time to ask again */
  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    private readonly onRetry: (ids: readonly Id[]) => void,
  ) {}

  add(ids: readonly Id[]): void {
    for (const id of ids) this.ids.add(id);
    this.timer ??= this.clock.after(RETRY_MS, () => this.retry());
  }

  private retry(): void {
    this.timer = undefined;
    const ids = [...this.ids];
    this.ids.clear();
    this.onRetry(ids);
  }
}
