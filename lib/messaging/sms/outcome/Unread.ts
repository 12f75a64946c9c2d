import type { Clock, Timer } from '../../../clock';

/** After this time the store is asked again, in ms: nothing new may come that would ask. */
const RETRY_MS = 2000;

/** Inputs that the store could say or note nothing of, or that another machine couldn't be told of. */
export class Unread {
  private readonly ids = new Set<string>();
  private timer: Timer | undefined;

  /** @param onRetry told of all of them when it is time to ask again */
  constructor(
    private readonly clock: Pick<Clock, 'after'>,
    private readonly onRetry: (ids: readonly string[]) => void,
  ) {}

  add(ids: readonly string[]): void {
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
