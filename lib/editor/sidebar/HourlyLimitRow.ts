import type { SidebarGateway } from '../../sidebar/snapshot';
import { askAdmin } from '../admin';
import type { Translate } from '../red';
import { make, mark, say } from './dom';
import { SureButton } from './SureButton';

/** How many SMS of the hour have left of those that may, and the button that lets more go. */
export class HourlyLimitRow {
  readonly element = make('div', 'dinstar-hourly-limit');
  private readonly count = make('span');
  private readonly gauge = make('div', 'dinstar-gauge');
  // What was held leaves and costs at once.
  private readonly reset: SureButton;

  constructor(
    private readonly t: Translate,
    gateway: string,
  ) {
    const words = { name: t('label.hourlyLimit.reset'), sure: () => t('label.hourlyLimit.sure') };
    this.reset = new SureButton(words, () => {
      void askAdmin('POST', `sidebar/gateways/${encodeURIComponent(gateway)}/hourly-limit/reset`).catch(() =>
        say(this.count, t('error.noAnswer')),
      );
    });
    this.element.append(make('div', 'dinstar-line', this.count, this.reset.element), this.gauge);
  }

  show(hourlyLimit: SidebarGateway['hourlyLimit'], write: boolean): void {
    this.element.hidden = hourlyLimit === undefined;
    if (!hourlyLimit) return;
    const { count, limit, held } = hourlyLimit;
    // What it shows is said in words above it.
    this.gauge.style.setProperty('--dinstar-part', `${Math.min(100, (100 * count) / limit)}%`);
    mark(this.element, 'data-level', held ? 'bad' : 'good');
    say(this.count, this.t(held ? 'label.hourlyLimit.held' : 'label.hourlyLimit.count', { count, limit }));
    this.reset.show({ why: write ? undefined : this.t('error.notAllowed'), tip: this.t('tip.hourlyLimit') });
  }
}
