import type { SidebarGateway, SidebarSnapshot } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { make, Parts, say } from './dom';
import { GatewayCard } from './GatewayCard';

/** All gateways, one below the other. */
export class SidebarView {
  readonly element = make('div', 'dinstar-sidebar');
  private readonly notice = make('div', 'dinstar-notice');
  private readonly cards: Parts<SidebarGateway, GatewayCard>;
  private write = false;

  constructor(private readonly t: Translate) {
    const list = make('div');
    this.notice.setAttribute('role', 'status');
    this.element.append(this.notice, list);
    this.cards = new Parts(
      list,
      ({ id }) => id,
      (gateway) => new GatewayCard(t, gateway, () => this.write),
    );
    this.say('label.loading');
  }

  show({ gateways }: SidebarSnapshot, write: boolean): void {
    this.write = write;
    this.say(gateways.length === 0 ? 'tip.none' : undefined);
    this.element.classList.remove('dinstar-stale');
    this.cards.show(gateways);
  }

  /** What is shown may be out of date: why. */
  stale(why: string): void {
    this.element.classList.add('dinstar-stale');
    this.say(why);
  }

  private say(key: string | undefined): void {
    this.notice.hidden = key === undefined;
    say(this.notice, key === undefined ? '' : this.t(key));
  }
}
