import type { BoardGateway } from '../../board/snapshot';
import { askAdmin } from '../admin';
import type { Translate } from '../red';
import { button, make, mark, say } from './dom';

/** How many SMS of the hour have left of those that may, and the button that lets more go. */
export class FuseRow {
  readonly element = make('div', 'dinstar-fuse');
  private readonly count = make('span');
  private readonly gauge = make('meter');
  private readonly reset: HTMLButtonElement;
  private isSure = false;

  constructor(
    private readonly t: Translate,
    private readonly gateway: string,
  ) {
    this.reset = button(t('label.fuse.reset'), () => this.press());
    this.gauge.min = 0;
    this.gauge.setAttribute('aria-label', t('label.fuse.name'));
    this.element.append(make('div', 'dinstar-line', this.count, this.reset), this.gauge);
    this.reset.addEventListener('blur', () => this.ask(false));
  }

  show(fuse: BoardGateway['fuse'], write: boolean): void {
    this.element.hidden = fuse === undefined;
    if (!fuse) return;
    const { count, limit, held } = fuse;
    this.gauge.max = limit;
    this.gauge.value = count;
    mark(this.element, 'data-level', held ? 'bad' : undefined);
    say(this.count, this.t(held ? 'label.fuse.held' : 'label.fuse.count', { count, limit }));
    this.reset.disabled = !write;
    mark(this.reset, 'title', this.t(write ? 'tip.fuse' : 'error.notAllowed'));
  }

  /** What was held leaves and costs at once: it takes a second press. */
  private press(): void {
    const isSure = this.isSure;
    this.ask(!isSure);
    if (!isSure) return;
    void askAdmin('POST', `board/gateways/${encodeURIComponent(this.gateway)}/fuse/reset`).catch(() =>
      say(this.count, this.t('error.noAnswer')),
    );
  }

  private ask(isSure: boolean): void {
    this.isSure = isSure;
    say(this.reset, this.t(isSure ? 'label.fuse.sure' : 'label.fuse.reset'));
  }
}
