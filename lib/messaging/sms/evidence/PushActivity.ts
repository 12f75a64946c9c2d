import type { Clock } from '../../../clock';

/** Pushes keep the poll slow for this long after the last one, in ms. */
const PUSH_TRUST_MS = 10 * 60_000;
/** After how many SMS in a row whose end no push brought pushes don't arrive any more. */
const MISSED_UNTIL_MUTE = 3;

/** Whether pushes of results or reports arrive: then the poll is only the net below them. */
export class PushActivity {
  private last = Number.NEGATIVE_INFINITY;
  /** SMS since the last push that the poll found sent or over. */
  private missing = 0;

  constructor(private readonly clock: Clock) {}

  /** A push has come in from the gateway's own address. */
  note(): void {
    this.last = this.clock.monotonic();
    this.missing = 0;
  }

  /** The poll has found so many SMS sent or over. */
  missed(sms: number): void {
    this.missing += sms;
  }

  /** How many SMS no push has told of since the last one; undefined where none has come yet. */
  get missedSince(): number | undefined {
    return this.last === Number.NEGATIVE_INFINITY ? undefined : this.missing;
  }

  get arrive(): boolean {
    return this.missing < MISSED_UNTIL_MUTE && this.clock.monotonic() - this.last < PUSH_TRUST_MS;
  }
}
