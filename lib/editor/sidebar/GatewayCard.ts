import type { SidebarGateway } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { ConditionList } from './ConditionList';
import { make, mark, type Part, say } from './dom';
import { HourlyLimitRow } from './HourlyLimitRow';
import { JobList } from './JobList';
import { eventList, smsList } from './lists';
import { Plots } from './Plots';
import { PortGrid } from './PortGrid';
import { PortPanel } from './PortPanel';
import { SimList } from './SimList';
import { moment } from './times';
import { WaitingRow } from './WaitingRow';
import { clockWords, codeLabel } from './words';

let cards = 0;

/** One gateway on the sidebar. */
export class GatewayCard implements Part<SidebarGateway> {
  readonly element: HTMLElement;
  private readonly name = make('h3');
  private readonly state = make('span');
  private readonly heard = make('span', 'dinstar-time');
  private readonly holder = make('div', 'dinstar-about');
  private readonly about = make('div', 'dinstar-about');
  private readonly clocks = make('div', 'dinstar-about');
  private readonly page = make('a');
  private readonly conditions = new ConditionList();
  private readonly waiting: WaitingRow;
  private readonly jobs: JobList;
  private readonly hourlyLimit: HourlyLimitRow;
  private readonly plots: Plots;
  private readonly grid: PortGrid;
  private readonly sims: SimList;
  private readonly sms: ReturnType<typeof smsList>;
  private readonly events: ReturnType<typeof eventList>;
  private readonly place = make('div');
  private panel: { port: number; view: PortPanel } | undefined;
  private shown: SidebarGateway;

  constructor(
    private readonly t: Translate,
    first: SidebarGateway,
    private readonly mayWrite: () => boolean,
  ) {
    this.shown = first;
    this.waiting = new WaitingRow(t, first.id);
    this.jobs = new JobList(t, first.id, mayWrite);
    this.hourlyLimit = new HourlyLimitRow(t, first.id);
    this.plots = new Plots(t);
    this.grid = new PortGrid(t, (port) => this.toggle(port));
    this.sims = new SimList(t);
    this.sms = smsList(t);
    this.events = eventList(t);
    cards += 1;
    this.name.id = `dinstar-sidebar-${cards}`;
    const dot = make('span', 'dinstar-dot');
    const head = make('div', 'dinstar-line dinstar-head', dot, this.name);
    this.page.target = '_blank';
    this.page.rel = 'noopener noreferrer';
    this.page.textContent = t('label.simulatorPage');
    const state = make('div', 'dinstar-line dinstar-state', this.state, this.heard);
    const below = [this.sims, this.plots, this.hourlyLimit, this.sms, this.events].map(({ element }) => element);
    this.element = make(
      'section',
      'dinstar-card',
      head,
      state,
      this.holder,
      this.about,
      this.clocks,
      make('div', 'dinstar-about', this.page),
      this.conditions.element,
      this.waiting.element,
      this.jobs.element,
      this.grid.element,
      this.place,
      ...below,
    );
    this.element.setAttribute('aria-labelledby', this.name.id);
  }

  show(gateway: SidebarGateway): void {
    this.shown = gateway;
    const { name, state, ports } = gateway;
    mark(this.element, 'data-level', state.level);
    // One that has no address yet may have no name either.
    say(this.name, name || gateway.id);
    say(this.state, this.stateOf(gateway));
    say(this.heard, this.heardOf(gateway));
    say(this.holder, this.holderOf(gateway));
    say(this.about, [gateway.address, gateway.sn, gateway.country].filter((word) => word && word !== name).join(' · '));
    say(this.clocks, clockWords(this.t, gateway.clocks));
    this.showPage(gateway.page);
    this.conditions.show(gateway.conditions);
    this.waiting.show(gateway, this.mayWrite());
    this.jobs.show(gateway);
    this.plots.show(gateway.minutes);
    this.hourlyLimit.show(gateway.hourlyLimit, this.mayWrite());
    this.grid.show(ports);
    this.sims.show(gateway.sims);
    this.sms.show(gateway.sms);
    this.events.show(gateway.events);
    this.showPanel();
  }

  private showPage(page: string | undefined): void {
    this.page.hidden = page === undefined;
    mark(this.page, 'href', page);
  }

  private stateOf({ state: { code } }: SidebarGateway): string {
    const known: Record<string, string> = {
      OK: 'label.state.reached',
      UNHEARD: 'label.state.unheard',
      FOLLOWS: 'label.state.follows',
    };
    return this.t(known[code] ?? codeLabel(code));
  }

  /** When it was last heard, or since when it isn't. */
  private heardOf({ state: { since }, answered }: SidebarGateway): string {
    const now = Date.now();
    if (since !== undefined) return this.t('label.state.since', { time: moment(since, now) });
    return answered === undefined ? '' : this.t('label.state.answered', { time: moment(answered, now) });
  }

  /** Which machine talks to it, where there are several. */
  private holderOf({ holder }: SidebarGateway): string {
    if (!holder) return '';
    const { name, isThis } = holder;
    if (isThis) return this.t('label.holder.this', { machine: name ?? '' }).trim();
    return name === undefined ? this.t('label.holder.nobody') : this.t('label.holder.other', { machine: name });
  }

  private toggle(port: number): void {
    const isOpen = this.panel?.port === port;
    this.panel?.view.element.remove();
    this.panel = undefined;
    if (!isOpen) {
      const view = new PortPanel(this.t, this.shown.id, port, () => {
        this.toggle(port);
        this.grid.focus(port);
      });
      this.panel = { port, view };
      this.place.append(view.element);
    }
    this.grid.open(this.panel?.port);
    this.showPanel();
  }

  private showPanel(): void {
    const port = this.shown.ports.find((one) => one.port === this.panel?.port);
    if (port) this.panel?.view.show(port, this.mayWrite());
  }
}
