import type { JobAnswer } from '../../../lib/messaging/jobs/jobAnswer';
import type { JobCommand, JobScope } from '../../../lib/store';
import type { GivenInput } from './Given';

interface Entry {
  paused: boolean | 'perhaps';
  order: number;
  node?: string;
}

/**
 * What commands say of the inputs of one gateway, worked out anew: the latest that was said of a job's name or of a node
 * counts, and a node that goes on takes with it what was paused with it.
 */
export class Commands {
  private readonly jobs = new Map<string, Entry>();
  private readonly nodes = new Map<string, Entry>();
  private order = 0;

  /** Whether an input that is given now is held. */
  holds({ job, node }: Pick<GivenInput, 'job' | 'node'>): boolean | 'perhaps' {
    const said = [this.jobs.get(job), this.nodes.get(node)].flatMap((one) => one ?? []);
    return said.sort((one, other) => other.order - one.order)[0]?.paused ?? false;
  }

  /** A command was given, and perhaps nobody will ever know what became of it. Returns what takes that back. */
  asked(inputs: readonly GivenInput[], scope: JobScope, command: JobCommand): () => void {
    const before = inputs.map((input) => ({ input, was: { paused: input.paused, stopped: input.stopped } }));
    const [jobs, nodes] = [new Map(this.jobs), new Map(this.nodes)];
    const concerned = inputs.filter(({ job }) => !('job' in scope) || job === scope.job);
    this.order += 1;
    for (const input of concerned) {
      if (command === 'stop') input.stopped ??= 'perhaps';
      else input.paused = 'perhaps';
      if (command !== 'stop') this.jobs.set(input.job, { paused: 'perhaps', order: this.order });
    }
    if (command !== 'stop' && 'node' in scope) this.nodes.set(scope.node, { paused: 'perhaps', order: this.order });
    return () => {
      for (const { input, was } of before) Object.assign(input, was);
      for (const [own, former] of [
        [this.jobs, jobs],
        [this.nodes, nodes],
      ] as const) {
        own.clear();
        for (const [name, entry] of former) own.set(name, entry);
      }
    };
  }

  /** It was answered. */
  answered(inputs: readonly GivenInput[], scope: JobScope, { action, jobs, left }: JobAnswer, at: number): void {
    const concerned = inputs.filter(({ job }) => jobs.includes(job));
    if (action === 'stop') {
      const named = new Set(left.map(({ number }) => number));
      for (const input of concerned) input.stopped = stoppedAlso(input.stopped, { at, left: named });
      return;
    }
    this.order += 1;
    const paused = action === 'pause';
    if ('node' in scope && !paused) {
      for (const [job, entry] of this.jobs) if (entry.node === scope.node) this.jobs.delete(job);
    }
    for (const input of concerned) input.paused = paused;
    for (const job of jobs) {
      this.jobs.set(job, { paused, order: this.order, ...('node' in scope && paused && { node: scope.node }) });
    }
    if ('node' in scope) this.nodes.set(scope.node, { paused, order: this.order });
  }
}

/** What an earlier answer has named stays named. */
const stoppedAlso = (
  before: GivenInput['stopped'],
  now: Exclude<GivenInput['stopped'], string | undefined>,
): GivenInput['stopped'] => (before === undefined || before === 'perhaps' ? now : before);
