import type { Clock } from '../../../clock';
import { GatewayError } from '../../../gateway-api';
import { Turns } from '../Turns';
import { Awaited, pauseOr } from './Awaited';
import { PortTexts } from './PortTexts';
import { ended, failed, NO_REPLY, type PortEnd, type UssdRecord } from './record';
import type { Watch } from './Watch';

export interface UssdPortOptions {
  port: number;
  clock: Clock;
  watch: Watch;
  /** Sends a code through the port; resolves with its status (manual 7.3). Calls `leaves` right before. */
  send: (code: string, signal: AbortSignal) => Promise<number>;
  /** Ends the port's session; resolves with its status. */
  cancel: () => Promise<number>;
  /** Looks at what the port shows. Calls `seen`. */
  look: (signal: AbortSignal) => Promise<string>;
  /** A text came that belongs to no dialogue. */
  unsolicited: (text: string) => void;
}

/** How long after its code a reply may come, in ms: 15 s were seen (field notes). */
const REPLY_WITHIN = 20_000;
/** How long after the end of a session a text of it may still be on its way, in ms. */
const AFTER_CANCEL = 5000;

/** What is said when no reply came and the port still shows a text from before. */
const UNCHANGED =
  ' It shows the same text as before: without a push nobody can tell a new text from an old one that reads the same.';

/** One port's dialogues, one after the other: what it sends, what it waits for, and when it has to be left alone. */
export class UssdPort {
  private readonly texts = new PortTexts();
  private readonly turns = new Turns();
  private awaited: Awaited | undefined;
  private lastCode = '';
  /** What a code that leaves changes; put back when the gateway hasn't sent it. */
  private state = {
    /** A session may be open in the network: what is sent next would be an answer to its menu. */
    isOpen: false,
    /** Until when the reply may come to the last code; 0 = it has come. */
    owedUntil: 0,
  };
  private before = this.state;
  private closing: Promise<void> = Promise.resolve();

  constructor(private readonly options: UssdPortOptions) {}

  /** Of a look that begins now. */
  get moment(): number {
    return this.texts.moment;
  }

  pushed(text: string): void {
    const meaning = this.texts.pushed(text, this.now);
    if (meaning === 'reply') this.found(text);
    if (meaning === 'unsolicited') this.options.unsolicited(text);
    if (meaning === 'unsure') this.options.watch.soon(this.options.port);
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
    if (news !== undefined) this.options.unsolicited(news);
    this.before = this.state;
    this.state = { isOpen: true, owedUntil: this.now + REPLY_WITHIN };
    this.lastCode = code;
  }

  /** The code that left was refused: nothing has changed. */
  bounced(): void {
    this.state = this.before;
    this.texts.rests();
  }

  /** Sends the codes one after the other, waits up to `wait` ms for each reply, and ends the session. */
  dialogue(codes: readonly string[], wait: number, signal: AbortSignal): Promise<PortEnd> {
    return this.inTurn(signal, async (record) => {
      try {
        await this.settle(signal);
        return await this.walk(codes, wait, record, signal);
      } finally {
        // Whoever has gone doesn't wait for it; the next one does.
        this.closing = this.close();
        if (!signal.aborted) await this.closing;
      }
    });
  }

  /** Sends a code and leaves its reply to whoever listens. */
  send(code: string, signal: AbortSignal): Promise<PortEnd> {
    return this.inTurn(signal, async (record) => {
      const { status } = await this.step(code, undefined, signal);
      return ended({ ...record, status });
    });
  }

  /** What the port shows. */
  async read(signal: AbortSignal): Promise<PortEnd> {
    const record = this.record();
    try {
      return ended({ ...record, text: await this.options.look(signal) });
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
      const status = await this.options.cancel();
      this.state = { ...this.state, isOpen: false };
      this.awaited?.giveUp();
      return ended({ ...record, status });
    } catch (reason) {
      return failed(record, asGatewayError(reason));
    }
  }

  private get now(): number {
    return this.options.clock.now();
  }

  private record(): UssdRecord {
    return { port: this.options.port, status: 200, text: '', replies: [] };
  }

  private found(text: string): void {
    this.state = { ...this.state, owedUntil: 0 };
    this.awaited?.found(text);
  }

  private async inTurn(signal: AbortSignal, work: (record: UssdRecord) => Promise<PortEnd>): Promise<PortEnd> {
    const record = this.record();
    try {
      const leave = await this.turns.enter(signal);
      // A former one may have gone before its session had ended.
      return await this.closing.then(() => work(record)).finally(leave);
    } catch (reason) {
      return failed({ ...record, text: '' }, asGatewayError(reason));
    }
  }

  /** Waits until what comes next can only be the reply to what is sent next, as far as that can be known (decision 20). */
  private async settle(signal: AbortSignal): Promise<void> {
    if (this.state.isOpen) await this.close();
    await this.rest(this.state.owedUntil, signal);
    if (this.texts.isKnown) return;
    await this.options.look(signal);
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
      const { status, text } = await this.step(code, wait, signal);
      if (status !== 200) return ended({ ...record, status, text: '' });
      if (text === undefined)
        return ended({ ...record, status: NO_REPLY, text: '' }, this.texts.isBlank ? '' : UNCHANGED);
      record.text = text;
      record.replies.push({ sent: code, text });
    }
    return ended(record);
  }

  /** Sends a code and waits `wait` ms for its reply; undefined = it isn't waited for. What comes in vain is unsolicited. */
  private async step(
    code: string,
    wait: number | undefined,
    signal: AbortSignal,
  ): Promise<{ status: number; text?: string }> {
    const { clock, port, send, unsolicited, watch } = this.options;
    const awaited = new Awaited(clock);
    this.awaited = awaited;
    let isReply = false;
    try {
      const status = await send(code, signal);
      isReply = status === 200 && wait !== undefined;
      if (wait === undefined || status !== 200) return { status };
      const unwatch = watch.begin(port, this);
      if (this.texts.isDoubtful) watch.soon(port);
      await awaited.wait(wait, () => watch.look(), signal).finally(unwatch);
      return { status, text: awaited.text };
    } finally {
      this.texts.rests();
      this.awaited = undefined;
      const stray = this.texts.takeStray(this.now);
      if (stray !== undefined) unsolicited(stray);
      if (!isReply && awaited.text !== undefined) unsolicited(awaited.text);
    }
  }

  /** Ends the session, if one may be open. One that can't be ended now is ended before the next dialogue, or by the network. */
  private async close(): Promise<void> {
    if (!this.state.isOpen) return;
    const status = await this.options.cancel().catch(() => undefined);
    const isOpen = status !== 200 && status !== 503;
    const isOwed = this.state.owedUntil > 0;
    this.state = { isOpen, owedUntil: isOwed ? Math.max(this.state.owedUntil, this.now + AFTER_CANCEL) : 0 };
  }

  private rest(until: number, signal: AbortSignal): Promise<void> {
    return until > this.now ? pauseOr(this.options.clock, until - this.now, undefined, signal) : Promise.resolve();
  }
}

function asGatewayError(reason: unknown): GatewayError {
  if (reason instanceof GatewayError) return reason;
  return new GatewayError('GATEWAY_ERROR', reason instanceof Error ? reason.message : String(reason), 'unknown');
}
