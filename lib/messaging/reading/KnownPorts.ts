import type { Clock } from '../../clock';
import { GatewayError, isPort, type PortInfo } from '../../gateway-api';
import type { PortReader } from './PortReader';

type Rows = readonly Pick<PortInfo, 'port'>[];

/** An input waits no longer than that to learn whether its ports are there, in ms: SMS mustn't wait for it. */
const PORT_LIST_TIMEOUT_MS = 3000;
/** How long a port that wasn't there is believed to be absent, in ms: the gateway may be replaced by a bigger one. */
const ABSENCE_MAX_AGE_MS = 30_000;

/**
 * Which ports a gateway has. Whatever tells of a port shows that it is there; that one isn't there takes more, because a
 * list may be short or hold a row that can't be read.
 */
export class KnownPorts {
  private readonly seen = new Set<number>();
  private readonly absent = new Set<number>();

  constructor(
    private readonly reader: Pick<PortReader, 'read'>,
    private readonly clock: Clock,
  ) {}

  /** The gateway told of these. */
  note(rows: Rows): void {
    for (const { port } of rows) {
      // An answer may name any port, and each would be remembered.
      if (!isPort(port)) continue;
      this.seen.add(port);
      this.absent.delete(port);
    }
  }

  /** The highest port seen so far; undefined before the gateway told of any. */
  get last(): number | undefined {
    return this.seen.size === 0 ? undefined : Math.max(...this.seen);
  }

  /**
   * Finds out which of `ports` the gateway surely doesn't have: its list of all ports has no gap and ends before them, and asked
   * for them alone it tells of none. Where it can't say that now, none is missing. Never rejects.
   */
  async missing(ports: readonly number[]): Promise<number[]> {
    const suspects = this.unseen(ports);
    if (suspects.some((port) => !this.absent.has(port))) await this.ask(suspects).catch(() => undefined);
    return suspects.filter((port) => this.absent.has(port));
  }

  private unseen(ports: readonly number[]): number[] {
    return ports.filter((port) => !this.seen.has(port));
  }

  private async ask(suspects: readonly number[]): Promise<void> {
    const patience = new AbortController();
    const timer = this.clock.after(PORT_LIST_TIMEOUT_MS, () => patience.abort());
    try {
      const all = await this.rows(undefined, patience.signal);
      if (!isWhole(all)) return;
      const left = this.unseen(suspects);
      if (left.length === 0) return;
      await this.rows(left, patience.signal);
      for (const port of this.unseen(left)) this.absent.add(port);
      this.clock.after(ABSENCE_MAX_AGE_MS, () => this.absent.clear());
    } finally {
      timer.cancel();
    }
  }

  private async rows(wanted: number[] | undefined, signal: AbortSignal): Promise<Rows> {
    try {
      const { ports } = await this.reader.read({ ports: wanted, info: ['reg'] }, { kind: 'command', signal });
      this.note(ports);
      return ports;
    } catch (error) {
      // So may a gateway answer that is asked for a port that it doesn't have.
      const isRefusal = error instanceof GatewayError && ['BAD_REQUEST', 'NOT_FOUND'].includes(error.code);
      if (wanted !== undefined && isRefusal) return [];
      throw error;
    }
  }
}

/** Ports 0 to the last one, each told of. */
const isWhole = (rows: Rows): boolean => {
  const ports = new Set(rows.map(({ port }) => port));
  return ports.size > 0 && Math.max(...ports) === ports.size - 1;
};
