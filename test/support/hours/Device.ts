import { pause } from '../../../lib/concurrency';
import { ExchangeFailure } from '../../../lib/gateway-api/ExchangeFailure';
import type { Carrier } from '../../../lib/gateway-api/HttpTransport';
import type { WireAnswer, WireRequest } from '../../../lib/gateway-api/wire';
import { simulatorTime } from '../../../lib/runtime/gateways/simulatorTime';
import { Gateway, type RebootOptions } from '../../../simulator/device/Gateway';
import type { SimulatorOptions } from '../../../simulator/device/options';
import { settle } from '../../../simulator/device/settings';
import { answerRequest } from '../../../simulator/http/answer';
import { Login } from '../../../simulator/http/Login';
import type { FakeClock } from '../FakeClock';

/** How a request that sends fares: it never arrives, or its answer doesn't. */
export type Mishap = 'lost' | 'unanswered';

/** A request takes this long there and back, in ms; to one that is switched off, until that is noticed. */
const LATENCY = 150;
const UNREACHABLE_AFTER = 3000;

/** The simulated gateway in virtual time, and the way to it: no sockets, but its own login, answers and errors. */
export class Device implements Carrier {
  readonly gateway: Gateway;
  /** What befalls the next requests that change something. */
  readonly mishaps: Mishap[] = [];
  /** Requests by path. */
  readonly requests = new Map<string, number>();
  /** The USSD codes that went to the network. */
  readonly dialled = new Set<string>();
  private readonly login: Login;

  constructor(
    private readonly clock: FakeClock,
    options: SimulatorOptions,
  ) {
    const settings = settle({ ...options, ...simulatorTime(clock) });
    this.gateway = new Gateway(settings);
    const { ussd } = this.gateway;
    const send = ussd.send.bind(ussd);
    ussd.send = (port, text) => {
      const status = send(port, text);
      if (status === 200) this.dialled.add(text);
      return status;
    };
    this.login = new Login(settings);
  }

  async exchange(request: WireRequest, signal?: AbortSignal): Promise<WireAnswer> {
    if (signal?.aborted) throw new ExchangeFailure('stopped', false, 'aborted');
    const path = request.url.pathname;
    this.requests.set(path, (this.requests.get(path) ?? 0) + 1);
    await pause(this.clock, LATENCY / 2);
    if (!this.isUp) {
      await pause(this.clock, UNREACHABLE_AFTER);
      throw new ExchangeFailure('broken', false, 'EHOSTUNREACH');
    }
    const mishap = request.changes ? this.mishaps.shift() : undefined;
    if (mishap === 'lost') throw new ExchangeFailure('broken', true, 'ECONNRESET');
    const answer = this.answer(request);
    await pause(this.clock, LATENCY / 2);
    if (mishap === 'unanswered' || !this.isUp) throw new ExchangeFailure('broken', true, 'ECONNRESET');
    return answer;
  }

  /** The power goes, and comes back after `seconds`. */
  reboot(how: RebootOptions & { seconds: number }): void {
    this.gateway.goDown(how);
    this.login.forgetNonces();
    this.clock.after(how.seconds * 1000, () => this.gateway.comeUp());
  }

  get isUp(): boolean {
    return this.gateway.world.running;
  }

  close(): void {
    // Nothing is open.
  }

  private answer({ method, url, body = '', sign }: WireRequest): WireAnswer {
    const date = new Date(this.clock.now() + this.gateway.world.ahead.device).toUTCString();
    const challenge = this.login.check(sign?.(), method, url.pathname + url.search);
    if (challenge !== undefined) return { status: 401, headers: { date, 'www-authenticate': challenge }, text: '' };
    const {
      status,
      type,
      body: text,
    } = answerRequest(this.gateway, {
      method,
      path: url.pathname,
      query: url.searchParams,
      body,
    });
    return { status, headers: { date, 'content-type': type }, text };
  }
}
