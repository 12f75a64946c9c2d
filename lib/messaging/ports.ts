import type { Clock } from '../clock';
import type { GatewayClient } from '../gateway-api';
import type { Line } from './line/line';
import type { Admission } from './sender/admission';

export interface PortsOptions {
  line: Line<Pick<GatewayClient, 'getPortInfo'>>;
  clock: Clock;
  admission: Admission;
  /** Told when more ports may be ready than before. */
  ready: () => void;
}

/** How long an answer about the ports is believed, in ms. */
const FRESH = 15_000;

/** Knows which ports are registered, as far as SMS have to wait for that. */
export class Ports {
  private asked = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: PortsOptions) {}

  /** Asks the gateway, unless it was asked a moment ago; where it can't say, every port counts as ready (decision 3). */
  async refresh(): Promise<void> {
    const { line, clock, admission } = this.options;
    const now = clock.now();
    if (now - this.asked < FRESH) return;
    this.asked = now;
    line
      .ask({ kind: 'poll', share: 'ports' }, (api) => api.getPortInfo({ info_type: ['reg'] }))
      .then(
        ({ info }) => new Set(info.filter(({ reg }) => reg === 'REGISTER_OK').map(({ port }) => port)),
        () => undefined,
      )
      .then((ready) => {
        const before = admission.readyPorts?.size ?? 0;
        admission.readyPorts = ready;
        if (!ready || ready.size !== before) this.options.ready();
      })
      .finally(() => this.options.clock.after(FRESH, () => this.options.ready()));
  }
}
