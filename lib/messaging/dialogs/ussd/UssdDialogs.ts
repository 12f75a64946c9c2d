import { setMaxListeners } from 'node:events';
import type { Clock } from '../../../clock';
import { type Ending, Ongoing } from '../../../concurrency';
import { type GatewayClient, GatewayError, isPort, type UssdReply } from '../../../gateway-api';
import type { Pushes } from '../../Pushes';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import { PortMutexes } from '../PortMutexes';
import { Coalescer } from './Coalescer';
import { ReplyPoller } from './ReplyPoller';
import { type PortEnd, recordsOf, type UssdRecord } from './record';
import { UssdPort } from './UssdPort';

type Api = Pick<GatewayClient, 'sendUssd' | 'queryUssdReply'>;

export interface UssdDialogsOptions {
  requests: Pick<RequestQueue<Api>, 'run'>;
  clock: Clock;
  /** Shared with the SIM menus of the gateway. */
  mutexes?: PortMutexes;
  pushes: Pick<Pushes, 'on'>;
}

/** The USSD dialogues of a gateway, whichever nodes want them: one at a time on a port, ports side by side (manual 7, 8). */
export class UssdDialogs {
  private readonly ports = new Map<number, UssdPort>();
  private readonly mutexes: PortMutexes;
  private readonly watch: ReplyPoller;
  /** The same code on several ports is one request. */
  private readonly sends = new Map<string, Coalescer<Api, number>>();
  private readonly cancels: Coalescer<Api, number>;
  private readonly looks: Coalescer<Api, string>;
  private readonly listeners = new Set<(reply: UssdReply) => void>();
  private readonly running = new Set<Promise<PortEnd[]>>();
  private readonly ongoing = new Ongoing();

  constructor(private readonly options: UssdDialogsOptions) {
    const { requests, clock, pushes } = options;
    this.mutexes = options.mutexes ?? new PortMutexes();
    this.watch = new ReplyPoller(requests, clock);
    this.cancels = new Coalescer(requests, (api, ports) => this.cancelNow(api, ports()));
    this.looks = new Coalescer(requests, (api, ports) => this.look(api, ports()));
    pushes.on('ussd', (replies) => {
      // Anybody may invent a port, and each would be remembered.
      for (const { port, text } of replies) if (isPort(port)) this.port(port).pushed(text);
    });
  }

  /** Hears of texts that belong to no dialogue, from now on; answers how to stop that. */
  onUnsolicited(listener: (reply: UssdReply) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /**
   * Sends the codes through each port, one after the other, waits up to `wait` ms for a busy port to be free and again so
   * long for each reply, and ends the sessions. Before that it waits, without limit, for the dialogue that has the port.
   * Resolves with a record a port. Rejects when one port was asked and has no reply (`TIMEOUT`, `BUSY`, `NO_PORT`), when all
   * ports failed in another way, and with `STOPPED` when the signal aborts.
   */
  dialogue(
    ports: readonly number[],
    codes: readonly string[],
    wait: number,
    signal: AbortSignal,
  ): Promise<UssdRecord[]> {
    return this.onEach(ports, signal, (port, given) => port.dialogue(codes, wait, given));
  }

  /** Sends a code through each port, if need be as soon as it is free within `wait` ms, and waits for no reply. */
  send(ports: readonly number[], code: string, wait: number, signal: AbortSignal): Promise<UssdRecord[]> {
    return this.onEach(ports, signal, (port, given) => port.send(code, wait, given));
  }

  /** Ends the sessions on these ports. */
  cancel(ports: readonly number[], signal: AbortSignal): Promise<UssdRecord[]> {
    return this.onEach(ports, signal, (port) => port.cancel());
  }

  /** The last text of each port; empty where there is none. */
  read(ports: readonly number[], signal: AbortSignal): Promise<UssdRecord[]> {
    return this.onEach(ports, signal, (port, given) => port.read(given));
  }

  /** Whether somebody waits for something. */
  get isBusy(): boolean {
    return this.running.size > 0;
  }

  /** Ends all that waits, with `STOPPED`; resolves when the sessions are ended, too. */
  async stop(): Promise<void> {
    this.ongoing.abort();
    await Promise.allSettled(this.running);
    await Promise.all([...this.ports.values()].map((port) => port.closed));
  }

  private port(port: number): UssdPort {
    const known = this.ports.get(port);
    if (known) return known;
    const fresh = new UssdPort({
      port,
      clock: this.options.clock,
      watch: this.watch,
      mutex: this.mutexes.of(port),
      requests: {
        send: (code, signal) => this.sendsOf(code).of(port, signal),
        cancel: () => this.cancels.of(port),
        look: (signal) => this.looks.of(port, signal),
      },
      onUnsolicited: (text) => {
        for (const listener of this.listeners) listener({ port, text });
      },
    });
    this.ports.set(port, fresh);
    return fresh;
  }

  /** Does it on all ports. */
  private async onEach(
    ports: readonly number[],
    signal: AbortSignal,
    work: (port: UssdPort, signal: AbortSignal) => Promise<PortEnd>,
  ): Promise<UssdRecord[]> {
    const onAll = ({ signal: own }: Ending): Promise<PortEnd[]> => {
      setMaxListeners(LISTENERS_A_PORT * ports.length, own);
      return Promise.all(ports.map((port) => work(this.port(port), own)));
    };
    const ends = this.ongoing.run(onAll, { signal });
    this.running.add(ends);
    try {
      return recordsOf(await ends);
    } finally {
      this.running.delete(ends);
    }
  }

  private sendsOf(code: string): Coalescer<Api, number> {
    const waiting = this.sends.get(code);
    if (waiting) return waiting;
    const fresh = new Coalescer<Api, number>(
      this.options.requests,
      (api, ports) => this.sendNow(api, code, ports),
      () => this.sends.delete(code),
    );
    this.sends.set(code, fresh);
    return fresh;
  }

  /** Looks at the ports and sends, in one turn in the queue: as little as can be comes in between. */
  private async sendNow(api: Api, code: string, there: () => number[]): Promise<(port: number) => number> {
    const shown = await this.atRest(api, there);
    const ports = there();
    if (ports.length === 0) return () => 0;
    for (const port of ports) this.port(port).leaves(code, shown(port));
    try {
      const { result } = await api.sendUssd({ text: code, port: ports });
      const refused = result.filter(({ port, status }) => status !== 200 && ports.includes(port));
      for (const { port } of refused) this.port(port).bounced();
      return statusOf(result);
    } catch (reason) {
      const isSent = !(reason instanceof GatewayError) || reason.taken === 'unknown';
      if (!isSent) for (const port of ports) this.port(port).bounced();
      throw reason;
    }
  }

  /** What the ports show; when a text comes while they are looked at, they are looked at again. */
  private async atRest(api: Api, there: () => number[]): Promise<(port: number) => string> {
    for (let tries = 1; ; tries++) {
      const moments = this.momentsOf(there());
      const shown = await shownBy(api, there());
      const isQuiet = moments.every(({ port, moment }) => this.port(port).moment === moment);
      if (isQuiet || tries === MOST_LOOKS) return shown;
    }
  }

  private async cancelNow(api: Api, ports: number[]): Promise<(port: number) => number> {
    return statusOf((await api.sendUssd({ text: '', port: ports, command: 'cancel' })).result);
  }

  private async look(api: Api, ports: number[]): Promise<(port: number) => string> {
    const moments = this.momentsOf(ports);
    const shown = await shownBy(api, ports);
    for (const { port, moment } of moments) this.port(port).seen(shown(port), moment);
    return shown;
  }

  private momentsOf(ports: readonly number[]): { port: number; moment: number }[] {
    return ports.map((port) => ({ port, moment: this.port(port).moment }));
  }
}

/** A port waits for one thing at a time: its turn, the queue, a reply. */
const LISTENERS_A_PORT = 10;
/** Texts that come while a port is looked at are rare; more than a few in a row are a port that never rests. */
const MOST_LOOKS = 5;

async function shownBy(api: Api, ports: number[]): Promise<(port: number) => string> {
  if (ports.length === 0) return () => '';
  const { reply } = await api.queryUssdReply({ port: ports });
  const shown = new Map(reply.map(({ port, text }) => [port, text]));
  return (port) => shown.get(port) ?? '';
}

function statusOf(result: readonly { port: number; status: number }[]): (port: number) => number {
  const statuses = new Map(result.map(({ port, status }) => [port, status]));
  return (port) => {
    const status = statuses.get(port);
    if (status !== undefined) return status;
    throw new GatewayError(
      'UNKNOWN_OUTCOME',
      `The gateway doesn't say what became of the USSD on port ${port}.`,
      'unknown',
    );
  };
}
