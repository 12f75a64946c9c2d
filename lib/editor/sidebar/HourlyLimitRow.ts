import type { SidebarGateway } from '../../sidebar/snapshot';
import { askAdmin } from '../admin';
import type { Translate } from '../red';
import { button, make, mark, say } from './dom';

/** How many SMS of the hour have left of those that may, and the button that lets more go. */
export class HourlyLimitRow {
  readonly element = make('div', 'dinstar-hourly-limit');
  private readonly count = make('span');
  private readonly gauge = make('div', 'dinstar-gauge');
  private readonly reset: HTMLButtonElement;
  private isSure = false;

  constructor(
    private readonly t: Translate,
    private readonly gateway: string,
  ) {
    this.reset = button(t('label.hourlyLimit.reset'), () => this.press());
    this.element.append(make('div', 'dinstar-line', this.count, this.reset), this.gauge);
    this.reset.addEventListener('blur', () => this.ask(false));
  }

  show(hourlyLimit: SidebarGateway['hourlyLimit'], write: boolean): void {
    this.element.hidden = hourlyLimit === undefined;
    if (!hourlyLimit) return;
    const { count, limit, held } = hourlyLimit;
    // What it shows is said in words above it.
    this.gauge.style.setProperty('--dinstar-part', `${Math.min(100, (100 * count) / limit)}%`);
    mark(this.element, 'data-level', held ? 'bad' : 'good');
    say(this.count, this.t(held ? 'label.hourlyLimit.held' : 'label.hourlyLimit.count', { count, limit }));
    this.reset.disabled = !write;
    mark(this.reset, 'title', this.t(write ? 'tip.hourlyLimit' : 'error.notAllowed'));
  }

  /** What was held leaves and costs at once: it takes a second press. */
  private press(): void {
    const isSure = this.isSure;
    this.ask(!isSure);
    if (!isSure) return;
    void askAdmin('POST', `sidebar/gateways/${encodeURIComponent(this.gateway)}/hourly-limit/reset`).catch(() =>
      say(this.count, this.t('error.noAnswer')),
    );
  }

  private ask(isSure: boolean): void {
    this.isSure = isSure;
    say(this.reset, this.t(isSure ? 'label.hourlyLimit.sure' : 'label.hourlyLimit.reset'));
  }
}
