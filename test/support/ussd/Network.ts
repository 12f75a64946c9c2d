import type { GatewayClient } from '../../../lib/gateway-api';
import type { Pushes } from '../../../lib/messaging/pushes';
import type { FakeClock } from '../FakeClock';

/** How a push of a text fares; times in ms after the text. */
export interface PushFate {
  isLost: boolean;
  late: number;
  /** A second push of the same text, that much after the first. */
  again?: number;
}

/** What the network answers to a code. */
export interface Answer {
  text: string;
  /** Ms after the code. */
  after: number;
  /** Comes even when the session was ended meanwhile. */
  isStubborn: boolean;
  push: PushFate;
}

/** A code that was sent through a port, and what came of it. */
export interface Sent {
  code: string;
  text: string;
  at: number;
  answeredAt?: number;
}

/** The codes of one session, up to its end. */
export interface Session {
  sent: Sent[];
  endedAt: number;
}

interface Port {
  shown: string;
  pending: Sent | undefined;
  lookedAt: number;
  open: Sent[];
  readonly sessions: Session[];
}

/** A gateway and the mobile network behind it, that know what each text belongs to: what the node has to find out. */
export class Network {
  private readonly ports = new Map<number, Port>();
  private answers = 0;

  constructor(
    private readonly options: {
      clock: FakeClock;
      pushes: Pushes;
      /** Ms that a request takes there and back. */
      latency: number;
      /** The nth code that is sent gets the nth answer. */
      answerOf: (n: number) => Answer;
    },
  ) {}

  /** As the core takes it. */
  get client(): GatewayClient {
    return this as unknown as GatewayClient;
  }

  port(port: number): Port {
    const known = this.ports.get(port);
    if (known) return known;
    const fresh: Port = {
      shown: '',
      pending: undefined,
      lookedAt: Number.NEGATIVE_INFINITY,
      open: [],
      sessions: [],
    };
    this.ports.set(port, fresh);
    return fresh;
  }

  async sendUssd({ text, port, command }: { text: string; port: number[]; command?: string }) {
    await this.travel();
    for (const one of port) {
      if (command === 'cancel') this.cancel(one);
      else this.send(one, text);
    }
    await this.travel();
    return { error_code: 202, result: port.map((one) => ({ port: one, status: 200 })) };
  }

  async queryUssdReply({ port }: { port: number[] }) {
    await this.travel();
    const reply = port.map((one) => ({ port: one, text: this.port(one).shown }));
    for (const one of port) this.port(one).lookedAt = this.options.clock.now();
    await this.travel();
    return { error_code: 200, reply };
  }

  /**
   * The network says something on its own, as soon as the telephone is in no session (3GPP TS 24.090, 5.1.1), and not in the
   * moment between a look and the code, which decision 20 calls a hole.
   */
  notify(port: number, text: string, push: PushFate): void {
    const { open, lookedAt } = this.port(port);
    const { clock, latency } = this.options;
    if (open.length > 0 || clock.now() - lookedAt <= latency) clock.after(700, () => this.notify(port, text, push));
    else this.stray(port, text, push);
  }

  private travel(): Promise<void> {
    const { clock, latency } = this.options;
    return latency === 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(latency / 2, resolve));
  }

  private send(number: number, code: string): void {
    const { clock, answerOf } = this.options;
    const port = this.port(number);
    const answer = answerOf(this.answers++);
    const sent: Sent = { code, text: answer.text, at: clock.now() };
    port.pending = sent;
    port.open.push(sent);
    clock.after(answer.after, () => {
      if (port.pending !== sent && !answer.isStubborn) return;
      const isAwaited = port.pending === sent;
      if (isAwaited) port.pending = undefined;
      sent.answeredAt = clock.now();
      if (isAwaited) this.arrive(number, answer.text, answer.push);
      else this.stray(number, answer.text, answer.push);
    });
  }

  private cancel(number: number): void {
    const port = this.port(number);
    port.pending = undefined;
    port.sessions.push({ sent: port.open, endedAt: this.options.clock.now() });
    port.open = [];
  }

  /** A text that nobody waits for. One that reads as what the port shows has no late push, which decision 20 calls a hole. */
  private stray(port: number, text: string, push: PushFate): void {
    this.arrive(port, text, text === this.port(port).shown ? { ...push, late: 0 } : push);
  }

  private arrive(port: number, text: string, { isLost, late, again }: PushFate): void {
    this.port(port).shown = text;
    if (isLost) return;
    const { clock, pushes } = this.options;
    const push = (): void => void pushes.tell({ ussd: [{ port, text }] });
    clock.after(late, push);
    if (again !== undefined) clock.after(late + again, push);
  }
}
