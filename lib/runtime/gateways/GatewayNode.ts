import type { Clock } from '../../clock';
import { atMost } from '../../concurrency';
import { type ClockFace, GatewayClient, GatewayError, loginSecrets } from '../../gateway-api';
import type { Gateway, Gateways, Member } from '../../messaging';
import { asError } from '../input';
import type { Red, RedNode } from '../red';
import type { Settings } from '../saved/readSaved';
import { untold } from '../saved/untold';
import { variableIn } from '../saved/variables';
import { statusOf } from '../status';
import { tellAtStart } from '../tellAtStart';
import type { DigestNotes } from './DigestNotes';
import type { GatewayCredentials, GatewayProperties } from './gatewayProperties';
import { type Configured, clientOptionsOf, settingsOf, wiringOf } from './gatewaySettings';
import { type Simulators, simulatorName } from './Simulators';
import { tlsOptions } from './tlsOptions';

/** What messages say of a gateway, in `msg.gateway`. */
export interface GatewayIdentity {
  id: string;
  name: string;
  sn?: string;
}

/** What a gateway node needs of the runtime that all nodes share. */
export interface GatewayContext {
  readonly clock: Clock;
  readonly gateways: Pick<Gateways, 'of' | 'join' | 'serialOf'>;
  readonly simulators: Pick<Simulators, 'start'>;
  readonly digestNotes: Pick<DigestNotes, 'has' | 'lookUp' | 'add'>;
  /** What no answer may bring back (`GatewayClientOptions.getSecrets`). */
  readonly secrets: () => readonly string[];
  /** The running gateway nodes, one an id. */
  readonly gatewayNodes: {
    add(node: GatewayNode): void;
    remove(node: GatewayNode): void;
    get(id: string): GatewayNode | undefined;
  };
  /** What is being taken; `end` resolves when all of it is kept or refused. */
  readonly intake: { end(gateway: string): Promise<void> };
  /** Opens the store. Rejects when it can't be opened. */
  open(): Promise<void>;
  /** Resolves when what the node was sending has been seen to its end. */
  release(id: string): Promise<void>;
}

/**
 * How long the end of the process waits for an SMS that is being handed over, in ms (architecture, decision 2), and before
 * that for what is being taken: Node-RED itself gives up after 15 seconds.
 */
const CLOSE_TIMEOUT_MS = 14_000;

/** A running `dinstar-gateway` node: which gateway it means, and the way to it. */
export class GatewayNode {
  readonly id: string;
  /** In a subflow: the id that the node of its template has in the flow file. */
  readonly alias: string | undefined;
  /** The node's place in the flow file. */
  readonly rank: number;
  private readonly tls: Record<string, unknown> | undefined;
  private joined: Promise<void> = Promise.resolve();
  /** In the one form that tells whether two nodes mean the same gateway; empty until it is known to be usable. */
  private address = '';
  /** The host of its address, as pushes come from it. */
  host = '';

  constructor(
    private readonly runtime: GatewayContext,
    readonly node: RedNode<GatewayCredentials>,
    readonly properties: GatewayProperties,
    private readonly red: Red,
    readonly settings: Pick<Settings, 'written' | 'problem'>,
  ) {
    this.id = node.id;
    this.alias = node._alias;
    this.rank = rankOf(red, node._alias ?? node.id);
    this.tls = tlsOptions(red, properties.tls);
  }

  /** Takes the place of the former object of its id, and with it its queue. */
  start(): void {
    this.runtime.gatewayNodes.add(this);
    this.joined = this.join().catch((reason: unknown) => {
      throw untold(asError(reason), this.node);
    });
    // Whoever needs the gateway is told by `gateway()`; perhaps nobody does.
    this.joined.catch((error: GatewayError) => tellAtStart(this.node, statusOf(error), error));
  }

  /**
   * The node is gone for good, or the process ends: resolves when what was given is kept, and what is being sent has been
   * seen to its end.
   */
  async end(): Promise<void> {
    await atMost(this.runtime.clock, CLOSE_TIMEOUT_MS, this.leave());
  }

  private async leave(): Promise<void> {
    const { gatewayNodes, intake } = this.runtime;
    await intake.end(this.id);
    // Its id is another object's by now.
    if (gatewayNodes.get(this.id) !== this) return;
    gatewayNodes.remove(this);
    await this.runtime.release(this.id);
  }

  /** The simulated gateway's name, where it is one. */
  get simulator(): string | undefined {
    return simulatorName(this.properties.url);
  }

  /** Where a simulated gateway has its web page, once it runs. */
  get page(): string | undefined {
    return this.simulator !== undefined && this.works ? this.address : undefined;
  }

  /** False for one that can't make a queue: no address, or a wrong one. */
  get works(): boolean {
    return this.address !== '';
  }

  /** Configured, or learned from the gateway's replies, here or on another machine. */
  get sn(): string | undefined {
    return this.properties.sn || this.runtime.gateways.serialOf(this.id);
  }

  /** By what the times of its records are read. */
  get clockFace(): ClockFace {
    return { ...this.runtime.gateways.of(this.id)?.device.clockFace, timezone: this.properties.timezone };
  }

  /** The variable that holds its address, as it is written; what it holds isn't told. */
  get urlVariable(): string | undefined {
    const { url } = this.settings.written;
    return variableIn(url) ? String(url) : undefined;
  }

  /** The node's login, in all forms in which it can come back. */
  get secrets(): readonly string[] {
    return loginSecrets(this.node.credentials ?? {});
  }

  get identity(): GatewayIdentity {
    const { sn } = this;
    return {
      id: this.id,
      name: this.properties.name || (this.urlVariable ?? openly(this.properties.url)),
      ...(sn !== undefined && { sn }),
    };
  }

  /** Resolves when its queue can be used. Rejects with `NOT_CONFIGURED` or `INVALID_INPUT` when its address or login can't be. */
  async gateway(): Promise<Gateway> {
    await this.joined;
    const { gateways, gatewayNodes } = this.runtime;
    const gateway = gateways.of(this.id);
    if (gateway) return gateway;
    const current = gatewayNodes.get(this.id);
    // A deploy has replaced this one before it had a queue.
    if (current && current !== this) return current.gateway();
    throw new GatewayError('STOPPED', 'The gateway node was removed', 'no');
  }

  private async join(): Promise<void> {
    const { simulator, properties, node, runtime, settings } = this;
    if (settings.problem) throw settings.problem;
    const url = simulator === undefined ? properties.url : (await runtime.simulators.start(simulator)).url;
    const called = this.urlVariable ?? simulator;
    if (simulator !== undefined) node.log(`simulated gateway${called && ` ${called}`}: ${url}/`);
    const createClient: Member['createClient'] = (onOddity, lease) =>
      new GatewayClient({
        ...clientOptionsOf(this.configured),
        clock: runtime.clock,
        sawDigest: runtime.digestNotes.has(this.address),
        onDigest: () => runtime.digestNotes.add(this.address),
        url,
        shownAs: this.urlVariable,
        onOddity,
        lease,
        getSecrets: runtime.secrets,
      });
    // What is wrong with the settings and the client's options is said before anything is taken.
    const queue = settingsOf(this.red, properties);
    createClient(() => undefined).close();
    const { href, hostname } = new URL(url);
    this.address = href;
    this.host = hostname;
    // Asking works without a store; what can't be kept is said to whoever wants it kept.
    await runtime.open().catch(() => undefined);
    await runtime.digestNotes.lookUp(this.address);
    if (runtime.gatewayNodes.get(this.id) === this) runtime.gateways.join(this.member(queue, createClient));
  }

  private member(settings: Member['settings'], createClient: Member['createClient']): Member {
    const wiring = wiringOf(this.configured, settings);
    const { timezone } = this.properties;
    return { id: this.id, address: this.address, rank: this.rank, wiring, settings, timezone, createClient };
  }

  private get configured(): Configured {
    const { properties, tls, node } = this;
    return { properties, tls, credentials: node.credentials ?? {} };
  }
}

// An address with a login is refused, and yet errors say whose it is.
function openly(url: string): string {
  const [login, host] = [url.indexOf('//') + 2, url.lastIndexOf('@') + 1];
  return login > 1 && host > login ? url.slice(0, login) + url.slice(host) : url;
}

function rankOf(red: Red, id: string): number {
  let rank = Number.POSITIVE_INFINITY;
  let place = 0;
  red.nodes.eachNode((saved) => {
    if (saved.id === id) rank = place;
    place += 1;
  });
  return rank;
}
