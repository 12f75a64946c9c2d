import { isPort, isRegistered, meaningOf, type PortInfo, REGISTER_STATUS, type RegisterEvent } from '../../gateway-api';

/** Which SIMs of a gateway are registered, by whatever tells of them. */
export class ReadySims {
  private readonly byPort = new Map<number, boolean>();
  /** Asked for all its ports, the gateway told of none. */
  private hasNone = false;
  /** When none was ready any more; undefined while one is, or nothing is known. */
  private noneSince: number | undefined;
  /** When an answer told of them (monotonic, in ms). */
  told: number | undefined;

  /** The gateway has answered with these. `now`: monotonic, in ms. */
  answered(rows: readonly Pick<PortInfo, 'port' | 'reg'>[], now: number): void {
    this.told = now;
    for (const { port, reg = '' } of rows) {
      // An answer may name any port, and each would be remembered; one without a word says nothing.
      if (isPort(port) && reg.trim() !== '') this.byPort.set(port, isRegistered(reg));
    }
    this.count(now);
  }

  /** Asked for all its ports, the gateway told of none: there is none that could send. */
  answeredNone(now: number): void {
    this.byPort.clear();
    this.hasNone = true;
    this.count(now);
  }

  /** The gateway has pushed these. */
  pushed(events: readonly RegisterEvent[], now: number): void {
    for (const { port, status } of events) {
      const said = meaningOf(REGISTER_STATUS, status);
      if (isPort(port) && said !== undefined) this.byPort.set(port, said === 'up');
    }
    this.count(now);
  }

  /** The ports whose SIM is registered; undefined before any was told of. */
  get ready(): number[] | undefined {
    if (this.byPort.size === 0) return this.hasNone ? [] : undefined;
    return [...this.byPort].filter(([, isReady]) => isReady).map(([port]) => port);
  }

  /** Whether each port that was told of is ready. */
  get ports(): ReadonlyMap<number, boolean> {
    return this.byPort;
  }

  /** Ms since a SIM was ready, 0 while one is; undefined while nothing is known. */
  noneFor(now: number): number | undefined {
    if (this.ready === undefined) return undefined;
    return this.noneSince === undefined ? 0 : now - this.noneSince;
  }

  private count(now: number): void {
    if (this.ready?.length === 0) this.noneSince ??= now;
    else this.noneSince = undefined;
  }
}
