import should from 'should';
import type { Clock } from '../../../lib/clock';
import { type ErrorCode, GatewayClient, type GatewayClientOptions, GatewayError } from '../../../lib/gateway-api';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../simulator';
import type { Behaviour, WireServer, WireServerOptions } from '../../support/wire-server';
import { startWireServer } from '../../support/wire-server';

const open: (() => unknown)[] = [];

/** A wire server and a client of it, both ended by closeAll(). */
export async function gatewayThat(
  behave: Behaviour,
  options: Partial<GatewayClientOptions> = {},
  server: WireServerOptions = {},
): Promise<{ client: GatewayClient; server: WireServer }> {
  const started = await startWireServer(behave, server);
  open.push(() => started.close());
  return { client: clientOf({ url: started.url, timezone: 'UTC', ...options }), server: started };
}

/** A quick simulated gateway, without the keys of later firmware, and a client of it that knows its password. */
export async function simulated(
  options: SimulatorOptions = {},
  clientOptions: Partial<GatewayClientOptions> = {},
): Promise<{ client: GatewayClient; simulator: Simulator }> {
  const simulator = await startSimulator({ speed: 'fast', snInReplies: false, timezone: 'UTC', ...options });
  open.push(() => simulator.close());
  const { username = 'admin', password = 'admin' } = options;
  const login = options.login === undefined ? {} : { username, password };
  return { client: clientOf({ url: simulator.url, timezone: 'UTC', ...login, ...clientOptions }), simulator };
}

/** A client that closeAll() closes. */
export function clientOf(options: GatewayClientOptions): GatewayClient {
  const client = new GatewayClient(options);
  open.push(() => client.close());
  return client;
}

/** Closes what a test has opened: an afterEach. */
export async function closeAll(): Promise<void> {
  for (const close of open.splice(0).reverse()) await close();
}

/** The error that `promise` ends in, of the code given. */
export async function failureOf(promise: Promise<unknown>, code: ErrorCode): Promise<GatewayError> {
  const error = await promise.then(
    (value) => {
      throw new Error(`it succeeded: ${JSON.stringify(value)}`);
    },
    (reason: unknown) => reason,
  );
  should(error).be.instanceOf(GatewayError);
  should((error as GatewayError).code).equal(code, (error as GatewayError).message);
  return error as GatewayError;
}

/** A clock that stands still until it is put forward. */
export class HandClock implements Clock {
  #now = Date.UTC(2026, 0, 1);
  readonly #alarms = new Map<() => void, number>();

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  uptime(): number {
    return this.#now;
  }

  after(ms: number, action: () => void): { cancel: () => void } {
    const alarm = (): void => action();
    this.#alarms.set(alarm, this.#now + ms);
    return { cancel: () => void this.#alarms.delete(alarm) };
  }

  /** Lets `ms` milliseconds pass, and what was due in them happen. */
  forward(ms: number): void {
    this.#now += ms;
    for (const [alarm, at] of [...this.#alarms]) {
      if (at > this.#now) continue;
      this.#alarms.delete(alarm);
      alarm();
    }
  }
}

/** A request that changes something. */
export const oneSms = { text: 'Hello', param: [{ number: '123456', user_id: 1 }] };
