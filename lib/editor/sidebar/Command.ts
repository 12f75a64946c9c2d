import { AdminError, askAdmin } from '../admin';
import type { Translate } from '../red';
import { make, mark, say } from './dom';
import { problem } from './words';

/** After so long what came of a command is no news any more, in ms. */
const NEWS_MS = 30_000;

/** A command to the runtime, one at a time, with a line that says what came of it. */
export class Command {
  /** Takes the focus where the button that was pressed is gone. */
  readonly result = make('div', 'dinstar-result');
  private isBusy = false;
  private timer: number | undefined;

  constructor(private readonly t: Translate) {
    this.result.setAttribute('role', 'status');
    this.result.tabIndex = -1;
  }

  say(text: string): void {
    window.clearTimeout(this.timer);
    mark(this.result, 'data-level', undefined);
    say(this.result, text);
  }

  /** Does it unless another one is under way. `tell`: what is said of the answer. */
  run<T>(path: string, body: object, tell: (answer: T) => string): void {
    if (this.isBusy) return;
    this.isBusy = true;
    this.say(this.t('label.job.working'));
    askAdmin<T>('POST', path, body)
      .then(
        (answer) => this.say(tell(answer)),
        (error: unknown) => {
          this.say(problem(this.t, error instanceof AdminError ? error.code : 'GATEWAY_ERROR'));
          mark(this.result, 'data-level', 'bad');
        },
      )
      .finally(() => {
        this.isBusy = false;
        this.timer = window.setTimeout(() => this.say(''), NEWS_MS);
      });
  }
}

/** Does what may take the focused element out of sight, and gives the focus to another one then. */
export function keepFocus(inside: HTMLElement, change: () => void, otherwise: () => HTMLElement): void {
  const focused = document.activeElement;
  const isInside = inside.contains(focused);
  change();
  if (!isInside || !(focused instanceof HTMLElement) || isSeen(inside, document.activeElement)) return;
  const next = isSeen(inside, focused) ? focused : otherwise();
  next.focus({ preventScroll: true });
}

/** What isn't shown has no box, also where it is in a part that isn't. */
const isSeen = (inside: HTMLElement, one: Element | null): boolean =>
  one !== null && inside.contains(one) && one.getClientRects().length > 0;
