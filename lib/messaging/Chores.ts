import type { Clock } from '../clock';
import { type PeriodicTask, Scheduler } from './Scheduler';

/** What one gateway has to do by the clock, each part of it on its own. */
export class Chores {
  private readonly keepers: Scheduler[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly onFailure: (error: Error) => void,
  ) {}

  add(...periodicTasks: PeriodicTask[]): void {
    this.keepers.push(...periodicTasks.map((periodicTask) => new Scheduler(this.clock, periodicTask, this.onFailure)));
  }

  /** To be called after anything that may have changed when something is due. */
  look(): void {
    for (const keeper of this.keepers) keeper.look();
  }

  stop(): void {
    for (const keeper of this.keepers) keeper.stop();
  }
}
