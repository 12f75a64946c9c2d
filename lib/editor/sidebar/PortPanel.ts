import type { SidebarPort } from '../../sidebar/snapshot';
import { AdminError, askAdmin } from '../admin';
import type { Translate } from '../red';
import { button, make, mark, say } from './dom';
import { PortActions } from './PortActions';
import { PORT_FIELDS, problem, REG_LABELS } from './words';

/** The slot of a gateway that isn't a multi-SIM one (manual 10.3). */
const NO_SLOT = 255;

const isKnown = (value: unknown): boolean => value !== undefined && value !== '' && value !== NO_SLOT;

/** A port's details as the gateway tells them when somebody looks (manual 10.3), and what can be done to it. */
export class PortPanel {
  readonly element = make('section', 'dinstar-panel');
  private readonly state = make('span', 'dinstar-badge');
  private readonly fields = make('dl');
  private readonly actions: PortActions;
  private readonly path: string;
  private reg = '';

  constructor(
    private readonly t: Translate,
    gateway: string,
    port: number,
    onClose: () => void,
  ) {
    const path = `sidebar/gateways/${encodeURIComponent(gateway)}/ports/${port}`;
    const shut = button('×', onClose);
    shut.classList.add('dinstar-close');
    shut.setAttribute('aria-label', t('label.close'));
    const title = t('label.portName', { port });
    this.element.setAttribute('aria-label', title);
    const head = make('div', 'dinstar-line', make('b', '', title), this.state, shut);
    this.actions = new PortActions(t, path, port);
    this.element.append(head, this.fields, this.actions.element);
    this.element.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      onClose();
    });
    this.path = path;
  }

  show(port: SidebarPort, write: boolean): void {
    say(this.state, this.t(REG_LABELS[port.reg] ?? 'label.reg.unknown'));
    mark(this.state, 'data-level', port.level);
    // Another SIM has other numbers.
    if (port.reg !== this.reg) void this.ask();
    this.reg = port.reg;
    this.actions.show(write);
  }

  private async ask(): Promise<void> {
    if (this.fields.childElementCount === 0) this.fill([[this.t('label.asking'), '…']]);
    try {
      const info = await askAdmin<Record<string, unknown>>('GET', this.path);
      const known = Object.entries(PORT_FIELDS).map(([field, label]) => [this.t(label), info[field]] as const);
      this.fill(known.filter(([, value]) => isKnown(value)));
    } catch (error) {
      const code = error instanceof AdminError ? error.code : 'GATEWAY_ERROR';
      this.fill([[this.t('label.problem'), problem(this.t, code)]]);
    }
  }

  private fill(rows: readonly (readonly [string, unknown])[]): void {
    this.fields.replaceChildren(
      ...rows.flatMap(([label, value]) => [make('dt', '', label), make('dd', '', String(value))]),
    );
  }
}
