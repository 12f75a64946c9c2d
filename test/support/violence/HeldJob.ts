import type { JobAnswer } from '../../../lib/messaging/jobs/jobAnswer';
import type { JobCommand } from '../../../lib/store';
import type { Simulator } from '../../../simulator';

/** What has left may still come to the gateway after an answer; nothing else may. */
interface Held {
  submitted: number;
  left: ReadonlySet<string>;
}

/** A job that is paused, goes on and is stopped, and what the gateway sees of it. */
export class HeldJob {
  readonly faults: string[] = [];
  private held: Held | undefined;
  private readonly own: ReadonlySet<string>;

  /** @param give gives a command to whoever sends; undefined where nobody answers any more */
  constructor(
    private readonly simulator: Pick<Simulator, 'submitted'>,
    numbers: readonly string[],
    private readonly give: (action: JobCommand) => Promise<JobAnswer | undefined>,
  ) {
    this.own = new Set(numbers);
  }

  async command(action: JobCommand): Promise<JobAnswer | undefined> {
    if (action === 'resume') {
      this.look();
      this.held = undefined;
    }
    const answer = await this.give(action);
    if (answer && 'error' in answer) this.faults.push(`${action}: ${answer.error}`);
    else if (answer && action !== 'resume') this.hold(answer);
    return answer;
  }

  /** Nothing has left since the last answer but what it named. */
  look(): void {
    if (!this.held) return;
    const { submitted, left } = this.held;
    const later = this.simulator.submitted.slice(submitted).filter(({ number }) => this.own.has(number));
    for (const { number } of later) if (!left.has(number)) this.faults.push(`${number} left while it was held`);
  }

  private hold({ left }: JobAnswer): void {
    this.look();
    const named = new Set([...(this.held?.left ?? []), ...left.map(({ number }) => number)]);
    this.held = { submitted: this.held?.submitted ?? this.simulator.submitted.length, left: named };
  }
}
