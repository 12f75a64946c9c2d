import type { GatewayClient } from '../../../lib/gateway-api';
import type { Pushes } from '../../../lib/messaging/Pushes';
import type { FakeClock } from '../FakeClock';

/** How a push of a text fares; times in ms after the text. */
export interface PushFaults {
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
  /**
   * The network ends the session with it, as it does after what is no menu. From then on it may speak on its own, but not
   * before anybody can have seen this answer, nor when it reads as the text before, which decision 20 calls holes.
   */
  isLast: boolean;
  push: PushFaults;
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
  /** The last code of the session that the telephone is in. */
  inSession: Sent | undefined;
  /** Whether the network has ended it. */
  isOver: boolean;
  open: Sent[];
  readonly sessions: Session[];
}

/** After that the network ends a session in which nothing is sent, in ms. */
const LONGEST_SESSION = 90_000;

/** A gateway and the mobile network behind it, that know what each text belongs to: what the node has to find out. */
export class Network {
  private readonly ports = new Map<number, Port>();
  private answers = 0;
  /** All that was sent, in its order. */
  readonly sent: Sent[] = [];

  constructor(
    private readonly options: {
      clock: FakeClock;
      pushes: Pushes;
      /** Ms that a request takes there and back. */
      latency: number;
      /** The nth code that is sent gets the nth answer. */
      answerOf: (n: number) => Answer;
      /** Whether a port sends an SMS just now. */
      isBusy?: (port: number) => boolean;
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
      inSession: undefined,
      isOver: false,
      open: [],
      sessions: [],
    };
    this.ports.set(port, fresh);
    return fresh;
  }

  async sendUssd({ text, port, command }: { text: string; port: number[]; command?: string }) {
    await this.travel();
    const result = port.map((one) => ({ port: one, status: this.take(one, command, text) }));
    await this.travel();
    return { error_code: 202, result };
  }

  async queryUssdReply({ port }: { port: number[] }) {
    await this.travel();
    const reply = port.map((one) => ({ port: one, text: this.port(one).shown }));
    for (const one of port) this.port(one).lookedAt = this.options.clock.now();
    const over = port.map((one) => this.port(one)).filter(({ isOver }) => isOver);
    const seen = over.map(({ inSession }) => inSession);
    await this.travel();
    over.forEach((one, place) => {
      leaves(one, seen[place]);
    });
    return { error_code: 200, reply };
  }

  /**
   * The network says something on its own, as soon as the telephone is in no session (3GPP TS 24.090, 5.1.1), and not in the
   * moment between a look and the code, which decision 20 calls a hole.
   */
  notify(port: number, text: string, push: PushFaults): void {
    const { inSession, lookedAt } = this.port(port);
    const { clock, latency } = this.options;
    if (inSession || clock.now() - lookedAt <= latency) clock.after(700, () => this.notify(port, text, push));
    else this.arrive(port, text, push);
  }

  private travel(): Promise<void> {
    const { clock, latency } = this.options;
    return latency === 0 ? Promise.resolve() : new Promise((resolve) => void clock.after(latency / 2, resolve));
  }

  private take(port: number, command: string | undefined, text: string): number {
    if (command === 'cancel') this.cancel(port);
    else if (this.options.isBusy?.(port)) return 486;
    else this.send(port, text);
    return 200;
  }

  private send(number: number, code: string): void {
    const { clock, answerOf } = this.options;
    const port = this.port(number);
    const answer = answerOf(this.answers++);
    const sent: Sent = { code, text: answer.text, at: clock.now() };
    this.sent.push(sent);
    port.pending = sent;
    port.open.push(sent);
    port.inSession = sent;
    port.isOver = false;
    clock.after(LONGEST_SESSION, () => leaves(port, sent));
    clock.after(answer.after, () => {
      if (port.pending !== sent && !answer.isStubborn) return;
      if (port.pending === sent) port.pending = undefined;
      sent.answeredAt = clock.now();
      port.isOver = answer.isLast && port.inSession === sent && answer.text !== port.shown;
      this.arrive(number, answer.text, answer.push, sent);
    });
  }

  private cancel(number: number): void {
    const port = this.port(number);
    port.pending = undefined;
    port.inSession = undefined;
    port.sessions.push({ sent: port.open, endedAt: this.options.clock.now() });
    port.open = [];
  }

  private arrive(port: number, text: string, { isLost, late, again }: PushFaults, answer?: Sent): void {
    this.port(port).shown = text;
    if (isLost) return;
    const { clock, pushes } = this.options;
    const push = (): void => {
      void pushes.tell({ ussd: [{ port, text }] });
      if (this.port(port).isOver) leaves(this.port(port), answer);
    };
    clock.after(late, push);
    if (again !== undefined) clock.after(late + again, push);
  }
}

/** The telephone is no longer in the session of this code. */
function leaves(port: Port, last: Sent | undefined): void {
  if (last !== undefined && port.inSession === last) port.inSession = undefined;
}
