import type { Clock } from '../clock';
import { type PeriodicTask, Scheduler } from './Scheduler';

/** What one gateway has to do by the clock, each part of it on its own. */
export class Schedulers {
  private readonly schedulers: Scheduler[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly onFailure: (error: Error) => void,
  ) {}

  add(...periodicTasks: PeriodicTask[]): void {
    this.schedulers.push(
      ...periodicTasks.map((periodicTask) => new Scheduler(this.clock, periodicTask, this.onFailure)),
    );
  }

  /** To be called after anything that may have changed when something is due. */
  look(): void {
    for (const scheduler of this.schedulers) scheduler.look();
  }

  stop(): void {
    for (const scheduler of this.schedulers) scheduler.stop();
  }
}
