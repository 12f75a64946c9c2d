import { setTimeout as pass } from 'node:timers/promises';
import should from 'should';
import { type NodeRedScene, type Seen, timesOf } from './NodeRedScene';

/** What nodes emit by themselves, by the kind under which a flow tells of it. */
const INCOMING = ['sms', 'cdr', 'port'] as const;
const EMITTED = [...INCOMING, 'ussd'] as const;

const STEP_MS = 150;
/** Looks between two texts that are tried. */
const TEXT_EVERY = 10;

/** All that may happen at the gateways of a scene: SMS that are sent and received, calls, ports that go off and on, USSD texts. */
export class Traffic {
  /** What came in at gateways, by kind. */
  private readonly came = new Map<string, Set<string>>(INCOMING.map((kind) => [kind, new Set()]));
  private readonly ussd = new Set<string>();
  private next = 0;

  constructor(private readonly scene: NodeRedScene) {}

  /** Resolves when each kind of node that emits has found out from where on things are new, on whichever machine. */
  begun(): Promise<void> {
    const { scene } = this;
    const nodes = scene.simulators.flatMap((_, place) => ['sms', 'ports', 'cdr'].map((id) => `${id}-gateway${place}`));
    const isFine = (node: string): boolean =>
      scene.saw('status').some(({ what, more }) => what === node && more.endsWith(':common.status.ok'));
    return scene.until(() => nodes.every(isFine), 60_000, 'nodes that emit by themselves');
  }

  /** One of each: SMS are given to these machines. */
  async step(machines: readonly string[]): Promise<void> {
    const { scene } = this;
    for (const machine of machines) {
      for (const gateway of scene.simulators.keys()) await scene.post(machine, gateway);
    }
    for (const [place, simulator] of scene.simulators.entries()) {
      const name = `${place}-${this.next}`;
      simulator.receive({ port: this.next % 8, number: '43660', text: name });
      this.came.get('sms')?.add(name);
      simulator.addCall({ port: this.next % 8, source_number: name });
      this.came.get('cdr')?.add(name);
    }
    this.next += 1;
  }

  /** A port of each gateway goes off, another one each time. */
  unregister(port: number): void {
    for (const [place, simulator] of this.scene.simulators.entries()) {
      simulator.port(port).unregister();
      this.came.get('port')?.add(`g${place}/port/${port}`);
    }
  }

  /**
   * Resolves when what is pushed comes through: a machine that follows is told the serial numbers of gateways with a heartbeat.
   */
  async pushesArrive(): Promise<void> {
    const { scene } = this;
    for (const [place, simulator] of scene.simulators.entries()) {
      let tries = 0;
      const isThere = (): boolean => {
        if (tries++ % TEXT_EVERY === 0) simulator.unsolicitedUssd(0, `first-${place}-${tries}`);
        return scene.saw('ussd').some(({ what }) => what.startsWith(`first-${place}-`));
      };
      await scene.until(isThere, 30_000, `a push of gateway ${place}`);
    }
  }

  /** The network of each gateway sends a USSD text: it is pushed, and comes only once. */
  ussdTexts(): void {
    for (const [place, simulator] of this.scene.simulators.entries()) {
      const text = `ussd-${place}-${this.next}`;
      simulator.unsolicitedUssd(0, text);
      this.ussd.add(text);
    }
    this.next += 1;
  }

  /** Steps for so long; a machine that doesn't answer any more ends it. */
  async goOn(machines: readonly string[], ms: number): Promise<void> {
    for (const end = Date.now() + ms; Date.now() < end; await pass(STEP_MS)) await this.step(machines);
  }

  /** Waits until everything was told. */
  settle(ms: number): Promise<void> {
    const untold = (kind: string, wanted: ReadonlySet<string>): string[] => {
      const told = new Set(this.scene.saw(kind).map(({ what }) => what));
      return [...wanted].filter((one) => !told.has(one)).map((one) => `${kind} ${one}`);
    };
    const all = [...this.came, ['ussd', this.ussd] as const];
    const missing = async (): Promise<string[]> => [
      ...all.flatMap(([kind, wanted]) => untold(kind, wanted)),
      ...(await this.scene.untold()).map((id) => `outcome of ${id}`),
    ];
    return this.scene.untilNone(missing, ms);
  }

  /**
   * Judges what nodes emitted by themselves: each thing once. What left a machine in the moment in which it was stopped may come
   * again, on whichever machine talks to the gateway then: an SMS is marked then.
   * @param stopped machines that were stopped, and when
   * @returns how many things there were, and how many were told of again
   */
  judge(stopped: Readonly<Record<string, number>> = {}): { came: number; again: number } {
    const again = EMITTED.flatMap((kind) => timesOf(this.scene.saw(kind)).filter((times) => times.length > 1));
    const isExcused = ([first, second, ...others]: Seen[]): boolean => {
      const at = stopped[first?.machine ?? ''];
      if (at === undefined || !first || !second || others.length > 0) return false;
      return first.at <= at && second.at > at && (second.kind !== 'sms' || second.more === 'true');
    };
    should(again.filter((times) => !isExcused(times))).eql(
      [],
      `what was emitted twice; stopped: ${JSON.stringify(stopped)}`,
    );
    const came = [...this.came.values()].reduce((sum, { size }) => sum + size, this.ussd.size);
    return { came, again: again.length };
  }
}
