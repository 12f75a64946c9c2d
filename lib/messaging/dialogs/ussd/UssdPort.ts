import type { Clock, Timer } from '../../../clock';
import { GatewayError } from '../../../gateway-api';
import type { PortMutex } from '../PortMutexes';
import { PendingReply, pauseOr } from './PendingReply';
import { PortTexts } from './PortTexts';
import type { ReplyPoller } from './ReplyPoller';
import { BUSY, ended, failed, NO_REPLY, type PortEnd, type UssdRecord, uncertain } from './record';
import { UssdSession } from './UssdSession';

/** What a port asks the gateway for. */
export interface UssdPortRequests {
  /** Sends a code through the port; resolves with its status (manual 7.3). Calls the port's `leaves` right before. */
  send(code: string, signal: AbortSignal): Promise<number>;
  /** Ends the port's session; resolves with its status. */
  cancel(): Promise<number>;
  /** Looks at what the port shows. Calls the port's `seen`. */
  look(signal: AbortSignal): Promise<string>;
}

export interface UssdPortOptions {
  port: number;
  clock: Clock;
  watch: ReplyPoller;
  /** Whose turn it is on this port. */
  mutex: PortMutex;
  requests: UssdPortRequests;
  /** A text came that belongs to no dialogue. */
  onUnsolicited: (text: string) => void;
}

/** How long a busy port is left alone before it is asked again, in ms: the first, second … time. An SMS takes seconds. */
const FIRST_BUSY_PAUSES_MS = [1000, 2000, 4000];
const BUSY_PAUSE_MS = 5000;

/** What is said when no reply came and the port still shows a text from before. */
const UNCHANGED =
  ' It shows the same text as before: without a push nobody can tell a new text from an old one that reads the same.';

/** What came of a code: its status, and its reply. */
interface Step {
  status: number;
  text?: string;
}

/** One port's dialogues, one after the other: what it sends, what it waits for, and when it has to be left alone. */
export class UssdPort {
  private readonly texts = new PortTexts();
  private pendingReply: PendingReply | undefined;
  private lastCode = '';
  /** Whether a dialogue that runs has something in it that nobody can be sure of (decision 20). */
  private isUnsure = false;
  private readonly session = new UssdSession();
  private closing: Promise<void> = Promise.resolve();
  private likeness: Timer | undefined;

  constructor(private readonly options: UssdPortOptions) {}

  /** Of a look that begins now. */
  get moment(): number {
    return this.texts.moment;
  }

  pushed(text: string): void {
    const meaning = this.texts.pushed(text, this.now);
    if (meaning === 'reply') this.found(text);
    if (meaning === 'unsolicited') this.stray(text);
    if (meaning === 'unsure') this.options.watch.soon(this.options.port);
    this.mindLikeness();
  }

  /** The port was looked at, by a look that began at `moment`. */
  seen(text: string, moment: number): void {
    if (moment !== this.texts.moment) return;
    if (!this.texts.waits) this.texts.notice(text, this.now);
    else if (this.texts.looked(text, moment, this.now)) this.found(text);
  }

  /** A code leaves now; right before, the port showed `text`. */
  leaves(code: string, text: string): void {
    const news = this.texts.sends(text, this.now);
    if (news !== undefined) this.stray(news);
    this.session.leaves(this.now);
    this.lastCode = code;
  }

  /** The code that left was refused: nothing has changed. */
  bounced(): void {
    this.session.bounced();
    this.texts.rests();
  }

  /**
   * Sends the codes one after the other, waits up to `wait` ms for the port to be free and again so long for each reply, and
   * ends the session.
   */
  dialogue(codes: readonly string[], wait: number, signal: AbortSignal): Promise<PortEnd> {
    return this.inTurn(signal, async (record) => {
      this.isUnsure = false;
      let end: PortEnd;
      try {
        await this.settle(signal);
        end = await this.walk(codes, wait, record, signal);
      } finally {
        // Whoever has gone doesn't wait for it; the next one does.
        this.closing = this.close();
        if (!signal.aborted) await this.closing;
      }
      return this.isUnsure ? uncertain(end) : end;
    });
  }

  /** Sends a code, waits up to `wait` ms for the port to be free, and leaves the reply to whoever listens. */
  send(code: string, wait: number, signal: AbortSignal): Promise<PortEnd> {
    return this.inTurn(signal, async (record) => {
      const { status } = await this.whenFree(wait, signal, () => this.step(code, undefined, signal));
      return ended({ ...record, status });
    });
  }

  /** What the port shows. */
  async read(signal: AbortSignal): Promise<PortEnd> {
    const record = this.record();
    try {
      return ended({ ...record, text: await this.options.requests.look(signal) });
    } catch (reason) {
      return failed(record, asGatewayError(reason));
    }
  }

  /** Resolves when the session of a dialogue that was given up is ended. */
  get closed(): Promise<void> {
    return this.closing;
  }

  /** Ends the session at once. A dialogue that waits here has no reply to wait for any more. */
  async cancel(): Promise<PortEnd> {
    const record = this.record();
    try {
      const status = await this.options.requests.cancel();
      this.session.cancelled();
      this.pendingReply?.giveUp();
      return ended({ ...record, status });
    } catch (reason) {
      return failed(record, asGatewayError(reason));
    }
  }

  private get now(): number {
    return this.options.clock.monotonic();
  }

  private record(): UssdRecord {
    return { port: this.options.port, status: 200, text: '', replies: [] };
  }

  /** A text that belongs to no dialogue. In a session there is only what was asked for, or one of two texts is no reply. */
  private stray(text: string): void {
    if (this.session.isOpen) this.isUnsure = true;
    this.options.onUnsolicited(text);
  }

  /** Has it decided in time whether a text that reads as the one before is the reply. */
  private mindLikeness(): void {
    const until = this.texts.likenessUntil;
    if (until === undefined || this.likeness !== undefined) return;
    const { clock, watch } = this.options;
    const decide = (): void => void watch.look().then(() => this.takeLikeness());
    this.likeness = clock.after(until - this.now, decide);
  }

  private takeLikeness(): void {
    const text = this.texts.takeLikeness(this.now);
    if (text === undefined) return;
    this.isUnsure = true;
    this.found(text);
  }

  private found(text: string): void {
    this.session.replied();
    this.pendingReply?.found(text);
  }

  private async inTurn(signal: AbortSignal, work: (record: UssdRecord) => Promise<PortEnd>): Promise<PortEnd> {
    const record = this.record();
    try {
      const leave = await this.options.mutex.enter(signal);
      return await work(record).finally(() => void this.closing.then(leave));
    } catch (reason) {
      return failed({ ...record, text: '' }, asGatewayError(reason));
    }
  }

  /** Waits until what comes next can only be the reply to what is sent next, as far as that can be known (decision 20). */
  private async settle(signal: AbortSignal): Promise<void> {
    if (this.session.isOpen) await this.close();
    await this.rest(this.session.owedUntil, signal);
    if (this.texts.isKnown) return;
    await this.options.requests.look(signal);
    // Of a text that was there before nobody knows how old it is.
    await this.rest(this.texts.echoesEnd, signal);
  }

  private async walk(
    codes: readonly string[],
    wait: number,
    record: UssdRecord,
    signal: AbortSignal,
  ): Promise<PortEnd> {
    for (const code of codes) {
      // The same code may well have the same reply.
      if (code === this.lastCode) await this.rest(this.texts.echoesEnd, signal);
      const { status, text } = await this.whenFree(wait, signal, () => this.step(code, wait, signal));
      if (status !== 200) return ended({ ...record, status, text: '' });
      if (text === undefined)
        return ended({ ...record, status: NO_REPLY, text: '' }, this.texts.isBlank ? '' : UNCHANGED);
      record.text = text;
      record.replies.push({ sent: code, text });
    }
    return ended(record);
  }

  /** Does it again and again while the port is busy, for up to `wait` ms. */
  private async whenFree(wait: number, signal: AbortSignal, step: () => Promise<Step>): Promise<Step> {
    const end = this.now + wait;
    for (let tries = 0; ; tries++) {
      const result = await step();
      const left = end - this.now;
      if (result.status !== BUSY || left <= 0) return result;
      await this.rest(this.now + Math.min(left, FIRST_BUSY_PAUSES_MS[tries] ?? BUSY_PAUSE_MS), signal);
    }
  }

  /** Sends a code and waits `wait` ms for its reply; undefined = it isn't waited for. What comes in vain is unsolicited. */
  private async step(code: string, wait: number | undefined, signal: AbortSignal): Promise<Step> {
    const { clock, port, requests, watch } = this.options;
    const pendingReply = new PendingReply(clock);
    this.pendingReply = pendingReply;
    let isReply = false;
    try {
      const status = await requests.send(code, signal);
      isReply = status === 200 && wait !== undefined;
      if (wait === undefined || status !== 200) return { status };
      const unwatch = watch.begin(port, this);
      if (this.texts.isDoubtful) watch.soon(port);
      await pendingReply.wait(wait, () => watch.look(), signal).finally(unwatch);
      this.takeLikeness();
      return { status, text: pendingReply.text };
    } finally {
      this.likeness?.cancel();
      this.likeness = undefined;
      this.texts.rests();
      this.pendingReply = undefined;
      for (const stray of this.texts.takeStrays(this.now)) this.stray(stray);
      if (!isReply && pendingReply.text !== undefined) this.stray(pendingReply.text);
    }
  }

  /** Ends the session, if one may be open. One that can't be ended now is ended before the next dialogue, or by the network. */
  private async close(): Promise<void> {
    if (!this.session.isOpen) return;
    const status = await this.options.requests.cancel().catch(() => undefined);
    this.session.closed(status, this.now);
  }

  private rest(until: number, signal: AbortSignal): Promise<void> {
    return until > this.now ? pauseOr(this.options.clock, until - this.now, undefined, signal) : Promise.resolve();
  }
}

function asGatewayError(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason;
  return new GatewayError('GATEWAY_ERROR', reason instanceof Error ? reason.message : String(reason), 'unknown');
}
