import { setTimeout as after } from 'node:timers/promises';
import { type Simulator, startSimulator } from '../../../simulator';
import { temporaryFolder } from '../temporaryFolder';
import { Book, type Verdict } from './Book';
import { bundle } from './bundle';
import { fastClock, SPEED } from './fastClock';
import type { Command, Start } from './program';
import { Victim } from './Victim';

export interface LivesOptions {
  /** The Node program, and what stands before it. */
  node?: string;
  start?: Partial<Start>;
  /** Called with the folder after each death, before the next life. */
  afterDeath?: (folder: string, life: { synced: number }) => void;
}

/** How long the last life may take to bring everything to its end, in ms. */
const END_WITHIN = 120_000;

/** The lives of a process that sends SMS to one gateway from one store's file, one after the other. */
export class Lives {
  readonly book = new Book();
  deaths = 0;
  private spare: Victim | undefined;
  private current: Victim | undefined;
  private synced = 0;

  private constructor(
    readonly simulator: Simulator,
    private readonly program: readonly string[],
    private start: Start,
    private readonly options: LivesOptions,
    /** By which the gateway's clock goes. */
    private readonly time: { base: number },
  ) {}

  static async begin(options: LivesOptions = {}): Promise<Lives> {
    const base = Date.now();
    const time = { base };
    const simulator = await startSimulator({ speed: 'fast', now: () => fastClock(time.base).now() });
    const folder = temporaryFolder('lives');
    const program = [options.node ?? process.execPath, (await bundle()).program];
    return new Lives(simulator, program, { url: simulator.url, folder, base, ...options.start }, options, time);
  }

  /** Begins the next life; resolves when the store is open. */
  async live(): Promise<void> {
    const victim = this.spare ?? new Victim(this.program);
    // The next process warms up while this one works: what counts is the time between kills.
    this.spare = new Victim(this.program);
    this.current = victim;
    victim.tell({ start: this.start });
    await this.listen((line) => line === 'open');
    if (victim.isOver && this.deaths === 0) throw new Error(`it ended at once: ${victim.complaint}`);
  }

  /** The clocks of the gateway and of the lives to come show this time now (ms since 1970). */
  isAt(now: number): void {
    // It shows `base + (now - base) * SPEED`.
    this.time.base = (SPEED * Date.now() - now) / (SPEED - 1);
    this.start = { ...this.start, base: this.time.base };
  }

  tell(command: Command): void {
    this.current?.tell(command);
  }

  /** Listens until a line fits or the process has died. */
  async listen(fits: (line: string) => boolean, ms?: number): Promise<void> {
    await this.current?.listen((lines) => {
      this.hear(lines);
      return lines.some(fits);
    }, ms);
  }

  /** Takes note of what the process has told so far. */
  hearAll(): void {
    this.hear(this.current?.takeLines() ?? []);
  }

  /** Resolves when the process has killed itself. */
  async dies(): Promise<void> {
    await this.listen(() => false);
    this.bury();
  }

  async kill(): Promise<void> {
    const victim = this.current;
    if (!victim) return;
    await victim.kill();
    this.hear(victim.takeLines());
    this.bury();
  }

  /** Waits until everything that was kept has its outcome, as long as there is less of it, and tells how it all came out. */
  async judge(): Promise<Verdict> {
    let until = Date.now() + END_WITHIN;
    let left = -1;
    let least = Number.POSITIVE_INFINITY;
    while (left !== 0 && Date.now() < until) {
      await after(50);
      this.tell({ count: 'open inputs' });
      await this.listen((line) => {
        const [what, count] = line.split(' ');
        if (what === 'left') left = Number(count);
        return what === 'left';
      });
      if (left < 0 || left >= least) continue;
      least = left;
      until = Date.now() + END_WITHIN;
    }
    if (left !== 0) throw new Error(`${left} inputs had no outcome, and none got one for ${END_WITHIN} ms`);
    return this.book.judge(this.simulator);
  }

  async end(): Promise<void> {
    await this.current?.kill();
    await this.spare?.kill();
    await this.simulator.close();
  }

  private bury(): void {
    this.deaths += 1;
    this.current = undefined;
    this.book.died();
    this.options.afterDeath?.(this.start.folder, { synced: this.synced });
  }

  private hear(lines: readonly string[]): void {
    for (const line of lines) if (line.startsWith('synced ')) this.synced = Number(line.slice(7));
    this.book.hear(lines);
  }
}
