import type { Clock } from '../clock';
import { type Chore, Housekeeper } from './housekeeper';

/** What one gateway has to do by the clock, each part of it on its own. */
export class Chores {
  private readonly keepers: Housekeeper[] = [];

  constructor(
    private readonly clock: Clock,
    private readonly onFailure: (error: Error) => void,
  ) {}

  add(...chores: Chore[]): void {
    this.keepers.push(...chores.map((chore) => new Housekeeper(this.clock, chore, this.onFailure)));
  }

  /** To be called after anything that may have changed when something is due. */
  look(): void {
    for (const keeper of this.keepers) keeper.look();
  }

  stop(): void {
    for (const keeper of this.keepers) keeper.stop();
  }
}
