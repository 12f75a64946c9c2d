import type { SidebarPort } from '../../sidebar/snapshot';
import type { Translate } from '../red';
import { icon, make, mark, type Part, Parts, say } from './dom';
import { REG_ICONS, REG_LABELS } from './words';

const BARS = 4;
/** The strongest signal (manual 10.3); 99 is GSM's word for "not known". */
const STRONGEST = 31;

/** How many of the bars a signal fills. */
const barsOf = (signal = 0): number =>
  signal > STRONGEST ? 0 : Math.min(BARS, Math.ceil((signal * BARS) / STRONGEST));

/**
 * The ports of a gateway, a button each. One stop for the Tab key; the arrows go from port to port.
 */
export class PortGrid implements Part<readonly SidebarPort[]> {
  readonly element = make('div', 'dinstar-sidebar-ports');
  private readonly parts: Parts<SidebarPort, PortButton>;
  private current: number | undefined;

  constructor(
    t: Translate,
    /** A port was pressed. */
    private readonly onPress: (port: number) => void,
  ) {
    this.element.setAttribute('role', 'toolbar');
    this.element.setAttribute('aria-label', t('label.ports'));
    this.parts = new Parts(
      this.element,
      ({ port }) => port,
      ({ port }) => new PortButton(t, () => this.press(port)),
    );
    this.element.addEventListener('keydown', (event) => this.steer(event));
  }

  show(ports: readonly SidebarPort[]): void {
    this.parts.show(ports);
    this.element.hidden = ports.length === 0;
    const stop = ports.some(({ port }) => port === this.current) ? this.current : ports[0]?.port;
    this.current = stop;
    for (const [port, { element }] of this.parts.byKey) element.tabIndex = port === stop ? 0 : -1;
  }

  /** Shows which port's details are open. */
  open(open: number | undefined): void {
    for (const [port, { element }] of this.parts.byKey) element.setAttribute('aria-expanded', String(port === open));
  }

  focus(port: number): void {
    this.parts.byKey.get(port)?.element.focus();
  }

  private press(port: number): void {
    this.stopAt(port);
    this.onPress(port);
  }

  private steer(event: KeyboardEvent): void {
    const ports = [...this.parts.byKey.keys()] as number[];
    const place = ports.indexOf(this.current ?? -1);
    const steps: Record<string, number> = {
      ArrowRight: place + 1,
      ArrowLeft: place - 1,
      Home: 0,
      End: ports.length - 1,
    };
    const columns = getComputedStyle(this.element).gridTemplateColumns.split(' ').length;
    const step = { ...steps, ArrowDown: place + columns, ArrowUp: place - columns }[event.key];
    const port = step === undefined ? undefined : ports[step];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (port === undefined) return;
    this.stopAt(port);
    this.focus(port);
  }

  private stopAt(port: number): void {
    this.current = port;
    for (const [other, { element }] of this.parts.byKey) element.tabIndex = other === port ? 0 : -1;
  }
}

class PortButton implements Part<SidebarPort> {
  readonly element: HTMLButtonElement;
  private readonly name = make('span', 'dinstar-port-name');
  private readonly sign = make('span', 'dinstar-port-sign');
  private drawn = '';

  constructor(
    private readonly t: Translate,
    onPress: () => void,
  ) {
    this.element = make('button', 'dinstar-port', this.name, this.sign);
    this.element.type = 'button';
    this.element.setAttribute('aria-expanded', 'false');
    this.element.addEventListener('click', onPress);
  }

  show({ port, reg, level, signal, number, callstate }: SidebarPort): void {
    const state = this.t(REG_LABELS[reg] ?? 'label.reg.unknown');
    const strength = signal === undefined ? '' : this.t('label.signal', { signal });
    const call = callstate === undefined || callstate === 'Idle' ? '' : callstate;
    const said = [state, level === 'good' ? strength : '', number ?? '', call].filter((word) => word !== '').join(', ');
    say(this.name, String(port));
    mark(this.element, 'data-level', level);
    mark(this.element, 'data-busy', call === '' ? undefined : 'true');
    mark(this.element, 'title', said);
    mark(this.element, 'aria-label', `${this.t('label.portName', { port })}: ${said}`);
    this.draw(level === 'good' && signal !== undefined ? `bars ${barsOf(signal)}` : (REG_ICONS[reg] ?? 'question'));
  }

  private draw(what: string): void {
    if (this.drawn === what) return;
    this.drawn = what;
    const [bars, filled] = what.split(' ');
    if (bars !== 'bars') {
      this.sign.replaceChildren(icon(what));
      return;
    }
    const all = Array.from({ length: BARS }, (_, place) => {
      const bar = make('i', 'dinstar-bar');
      bar.setAttribute('aria-hidden', 'true');
      if (place < Number(filled)) bar.dataset.on = 'true';
      return bar;
    });
    this.sign.replaceChildren(...all);
  }
}
