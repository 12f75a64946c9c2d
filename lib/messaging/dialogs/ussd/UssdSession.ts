/** How long after its code a reply may come, in ms: 15 s were seen (field notes). */
const REPLY_TIMEOUT_MS = 20_000;
/** How long after the end of a session a text of it may still be on its way, in ms. */
const LATE_TEXT_WINDOW_MS = 5000;

interface State {
  isOpen: boolean;
  owedUntil: number;
}

/** A port's session with the network, as far as can be known from here: nobody tells when it ends (decision 20). */
export class UssdSession {
  private state: State = { isOpen: false, owedUntil: 0 };
  private before = this.state;

  /** Whether one may be open: what is sent next would be an answer to its menu. */
  get isOpen(): boolean {
    return this.state.isOpen;
  }

  /** Until when the reply may come to the last code; 0 = it has come. */
  get owedUntil(): number {
    return this.state.owedUntil;
  }

  /** A code leaves at `now`. */
  leaves(now: number): void {
    this.before = this.state;
    this.state = { isOpen: true, owedUntil: now + REPLY_TIMEOUT_MS };
  }

  /** The gateway hasn't sent the code that left: nothing has changed. */
  bounced(): void {
    this.state = this.before;
  }

  replied(): void {
    this.state = { ...this.state, owedUntil: 0 };
  }

  cancelled(): void {
    this.state = { ...this.state, isOpen: false };
  }

  /** Notes that the session was to be ended: with a status of the gateway (manual 7.3), or undefined where that couldn't be reached. */
  closed(status: number | undefined, now: number): void {
    const isOpen = status !== 200 && status !== 503;
    const { owedUntil } = this.state;
    this.state = { isOpen, owedUntil: owedUntil > 0 ? Math.max(owedUntil, now + LATE_TEXT_WINDOW_MS) : 0 };
  }
}
