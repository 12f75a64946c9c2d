import { atOnce } from '../../../lib/concurrency';
import { GatewayClient, GatewayError } from '../../../lib/gateway-api';
import { Gateways } from '../../../lib/messaging/Gateways';
import type { GatewaySettings } from '../../../lib/messaging/gatewayOptions';
import type { JobAnswer } from '../../../lib/messaging/jobs/jobAnswer';
import { validateRequest } from '../../../lib/messaging/taking/validateRequest';
import { type JobCommand, type JobScope, SteadyStore, type Store } from '../../../lib/store';
import { SETTINGS } from '../gatewaySettings';
import { Device } from '../hours/Device';
import { Commands } from './Commands';
import type { DayHours, GivenInput } from './Given';
import { JobsClock } from './JobsClock';
import { type Death, Life } from './Life';
import { SendObserver } from './SendObserver';

export const GATEWAYS = ['g1', 'g2'] as const;
export type GatewayId = (typeof GATEWAYS)[number];
/** When SMS of these nodes may leave. */
export const HOURS: Readonly<Record<string, DayHours | undefined>> = { n1: undefined, n2: { from: 9, to: 15 } };
/** The most virtual seconds that a command may take. */
const LONGEST_COMMAND_S = 30;

export interface WorldOptions {
  settings: Partial<GatewaySettings>;
  /** Makes the store of the next process: what is in it stays. */
  openStore: () => Promise<Store>;
  closeStore: () => Promise<void>;
}

/** Two gateways, and the processes that send through them, one after the other, on one store, in virtual time. */
export class World {
  readonly clock = new JobsClock();
  readonly inputs: GivenInput[] = [];
  readonly observer = new SendObserver(this.clock, (node) => HOURS[node]);
  readonly devices: Readonly<Record<GatewayId, Device>>;
  /** What is stored, whatever becomes of a process that asks. */
  stored: Store;
  lives = 0;
  readonly failures: string[] = [];
  private life = new Life(() => undefined);
  private gateways: Gateways | undefined;
  private store: Store;
  private readonly commands = { g1: new Commands(), g2: new Commands() };

  private constructor(
    private readonly options: WorldOptions,
    stored: Store,
  ) {
    this.stored = stored;
    this.store = stored;
    const device = (): Device =>
      new Device(this.clock, { ports: 2, speed: 'real', login: 'none', remembers: 100_000, timezone: 'UTC' });
    this.devices = { g1: device(), g2: device() };
    this.clock.isBusy = () => this.life.pending > 0;
  }

  static async begin(options: WorldOptions): Promise<World> {
    const world = new World(options, await options.openStore());
    await world.live();
    return world;
  }

  /** The next process starts. */
  private async live(): Promise<void> {
    const { clock } = this;
    this.lives += 1;
    const own = this.lives;
    const life = new Life((gateway, body) => this.observer.leaves(gateway, body));
    this.life = life;
    const store = new SteadyStore(life.store(this.stored), clock);
    this.store = store;
    await store.open();
    const gateways = new Gateways({
      ...{ store, clock, random: Math.random },
      onOutcome: async ({ id }) => void this.inputs.find((input) => input.id === id)?.outcomes.push(own),
      onUpdate: () => undefined,
      onObstacle: () => undefined,
      onError: ({ message }) => void this.failures.push(message),
    });
    this.gateways = gateways;
    for (const [node, hours] of Object.entries(HOURS)) {
      const clocks = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
      const rows = hours
        ? [{ days: [1, 2, 3, 4, 5, 6, 7], from: clocks(hours.from), to: clocks(hours.to), zone: 'UTC' }]
        : [];
      gateways.setHours(node, { hours: rows, highIgnores: true });
    }
    for (const id of GATEWAYS) {
      const url = `http://${id}`;
      gateways.join({
        ...{ id, address: url, rank: 0, wiring: '', timezone: 'UTC' },
        settings: { ...SETTINGS, ...this.options.settings },
        createClient: () => new GatewayClient({ url, clock, random: Math.random }, life.carrier(id, this.devices[id])),
      });
    }
    await clock.advance(0);
  }

  /** A dead process is followed by another one. */
  async revive(): Promise<void> {
    while (this.life.isDead) {
      await this.options.closeStore();
      this.stored = await this.options.openStore();
      await this.live();
    }
  }

  /** The process is killed now, or by its store later. */
  async die(death?: Death): Promise<void> {
    if (death) return this.life.dieAt(death);
    this.life.die();
    await this.revive();
  }

  /** The process ends politely, and another one starts. */
  async restart(): Promise<void> {
    const { gateways, store } = this;
    await this.untilDone(async () => {
      await Promise.all(GATEWAYS.map((id) => gateways?.leave(id)));
      await store.close();
    }, 60);
    this.life.die();
    await this.revive();
  }

  async pass(seconds: number): Promise<void> {
    // Between processes passes no time.
    for (let left = seconds; left > 0; left -= 60) {
      await this.clock.advance(Math.min(left, 60) * 1000);
      await this.revive();
    }
    await this.clock.advance(0);
    await this.revive();
  }

  async take(input: GivenInput): Promise<void> {
    this.inputs.push(input);
    this.observer.given(input);
    const { id, gateway, node, options, request } = input;
    const raw = { to: '', text: '', literal: false, ...options };
    const validated = atOnce(validateRequest(raw, 'keep', this.clock.now(), undefined, 'UTC'));
    const whole = { id, validated, gateway, node, onTimeout: 'keep' as const, msg: '{}', ...request };
    input.paused = this.commandsOf(input).holds(input);
    const taken = this.untilDone(async () => {
      await this.gateways?.take(whole, 7);
      const [stored] = await this.store.inputs([id]);
      input.state = stored?.duplicate_of === undefined ? 'kept' : 'duplicate';
    }, LONGEST_COMMAND_S);
    await taken.catch(() => {
      input.state = 'refused';
    });
    await this.revive();
  }

  /** Gives a command; undefined where nobody knows such a job, or where the process died before it answered. */
  async command(gateway: GatewayId, scope: JobScope, command: JobCommand): Promise<JobAnswer | undefined> {
    const commands = this.commands[gateway];
    const there = this.inputs.filter((input) => input.gateway === gateway && input.state !== 'refused');
    const takeBack = commands.asked(there, scope, command);
    let answer: JobAnswer | undefined;
    await this.untilDone(async () => {
      try {
        answer = await this.gateways?.jobs.command([gateway], scope, command);
        takeBack();
        if (answer) commands.answered(there, scope, answer, this.clock.now());
      } catch (error) {
        takeBack();
        if (!(error instanceof GatewayError) || error.code !== 'NOT_FOUND') throw error;
      }
    }, LONGEST_COMMAND_S);
    await this.revive();
    return answer;
  }

  /** Lets time pass until something is done, or the process has died. */
  private async untilDone(work: () => Promise<void>, seconds: number): Promise<void> {
    let isDone = false;
    const done = work().finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    for (let passed = 0; !isDone && !this.life.isDead && passed <= seconds * 10; passed++) {
      await this.clock.advance(passed === 0 ? 0 : 100);
    }
    if (isDone) await done;
    else if (!this.life.isDead) throw new Error(`not done in ${seconds} s`);
  }

  private commandsOf({ gateway }: GivenInput): Commands {
    return this.commands[gateway as GatewayId];
  }

  async close(): Promise<void> {
    const { gateways } = this;
    await this.untilDone(() => Promise.all(GATEWAYS.map((id) => gateways?.leave(id))).then(() => undefined), 60);
    await this.store.close();
    await this.options.closeStore();
    for (const id of GATEWAYS) this.devices[id].gateway.close();
  }
}
