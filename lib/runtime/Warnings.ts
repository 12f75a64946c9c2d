import { OldestOut } from '../bounded/OldestOut';
import type { Clock } from '../clock';
import type { GatewayNodes } from './gateways/GatewayNodes';

/** Warnings that are remembered, so that each is said once a minute. */
const MOST_REMEMBERED = 100;
/** After how long the same warning is said again. */
const REPEATED_AFTER_MS = 60_000;

export interface WarningsOptions {
  clock: Clock;
  nodes: Pick<GatewayNodes, 'get'>;
  /** Nobody's own: it goes to Node-RED's log. */
  onWarning: (line: string) => void;
}

/** Says a trouble once: one shows at every corner of the shared runtime. */
export class Warnings {
  private readonly said = new OldestOut<string, number>(MOST_REMEMBERED);

  constructor(private readonly options: WarningsOptions) {}

  /** Says it at the first of these config nodes that is there. */
  say({ message }: Error, gateways: readonly string[]): void {
    const now = this.options.clock.monotonic();
    if (now - (this.said.get(message) ?? Number.NEGATIVE_INFINITY) < REPEATED_AFTER_MS) return;
    this.said.set(message, now);
    const found = gateways.map((id) => this.options.nodes.get(id)).find((node) => node !== undefined);
    if (found) found.node.warn(message);
    else this.options.onWarning(message);
  }
}
