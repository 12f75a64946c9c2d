import should from 'should';
import type { Verdict } from './Book';

/** The sum of several verdicts, each of a gateway and a store of its own. */
export class Tally {
  kills = 0;
  acknowledged = 0;
  submitted = 0;
  unknown = 0;
  private readonly complaints: string[] = [];

  add(kills: number, verdict: Verdict): void {
    const { acknowledged, submitted, unknown, ...complaints } = verdict;
    this.kills += kills;
    this.acknowledged += acknowledged;
    this.submitted += submitted;
    this.unknown += unknown;
    for (const [what, which] of Object.entries(complaints)) {
      if (which.length > 0) this.complaints.push(`${which.length} ${what}: ${which.slice(0, 20).join(', ')}`);
    }
  }

  /** Says how it came out, so that it can be quoted, and fails when anything was lost or doubled. */
  report(what: string): void {
    const { kills, acknowledged, submitted, unknown, complaints } = this;
    const counts = `${acknowledged} SMS acknowledged, ${submitted} submitted, ${unknown} UNKNOWN`;
    const clean = complaints.length === 0 ? '0 lost, 0 doubled' : complaints.join('; ');
    console.log(`      ${kills} ${what}: ${clean} (${counts})`);
    should(complaints).eql([]);
  }
}
