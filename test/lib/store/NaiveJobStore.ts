import type { JobCommand, JobScope } from '../../../lib/store';
import { NaiveJobs, type Stored } from './NaiveJobs';
import { NaiveNotes } from './NaiveNotes';

/** The jobs of the naive store. */
export abstract class NaiveJobStore extends NaiveNotes {
  protected readonly jobs = new NaiveJobs();
  protected abstract get stored(): Stored;

  async jobNames(gateways: string[], scope: JobScope, limit: number) {
    return this.jobs.names(this.stored, gateways, scope).slice(0, limit);
  }

  async commandJobs(gateways: string[], scope: JobScope, command: JobCommand, now: number) {
    return this.jobs.command(this.stored, gateways, scope, { command, now });
  }

  async jobTallies(gateways: string[], jobs: string[]) {
    return this.jobs.tallies(this.stored, gateways, jobs);
  }

  async listJobs(gateway: string, limit: number) {
    return this.jobs.list(this.stored, gateway, limit);
  }

  async heldCounts(gateway: string, most: number) {
    return this.jobs.heldCounts(this.stored, gateway, most);
  }

  async firstExpiry(gateways: string[], jobs: string[]) {
    return this.jobs.firstExpiry(this.stored, gateways, jobs);
  }
}
