import type { Clock } from '../../clock';

/** What a gateway's client tells: when it answered last, and since when it is silent, by our wall clock in ms. */
export interface Contact {
  answered?: number;
  silent?: number;
}

/** When a gateway last gave an answer that can be used. */
export class Contacts {
  private readonly began: number;
  /** Monotonic, in ms. A client that a deploy has replaced takes its own memory along. */
  private lastAnswer: number | undefined;
  /** What the last answer was when a question brought nothing usable: HTML, say. */
  private useless: { after: number | undefined } | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly getContact: () => Contact,
  ) {
    this.began = clock.monotonic();
  }

  /** Monotonic, in ms; undefined before the first answer. */
  get answered(): number | undefined {
    const { answered } = this.getContact();
    if (answered !== undefined) {
      const at = this.clock.monotonic() - (this.clock.now() - answered);
      this.lastAnswer = Math.max(at, this.lastAnswer ?? at);
    }
    return this.lastAnswer;
  }

  /** A question has failed, whatever the reason: unless it was answered after all, the gateway can't be used. */
  failed(answeredBefore: number | undefined): void {
    if (this.answered === answeredBefore) this.useless = { after: answeredBefore };
  }

  /** Ms since the last answer, or since we look, once a question has failed after it; else 0; undefined before any was asked. */
  silentFor(now: number): number | undefined {
    const { answered } = this;
    const isUseless = this.useless !== undefined && this.useless.after === answered;
    const isSilent = this.getContact().silent !== undefined || isUseless;
    if (isSilent) return now - (answered ?? this.began);
    return answered === undefined ? undefined : 0;
  }

  /** Ms since anything was heard. */
  quietFor(now: number): number {
    return now - (this.answered ?? this.began);
  }
}
