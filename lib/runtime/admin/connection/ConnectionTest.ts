import { createHash } from 'node:crypto';
import type { ConnectionFound } from '../../../admin/answers';
import { OldestOut } from '../../../bounded/OldestOut';
import type { Clock } from '../../../clock';
import { GatewayClient, GatewayError, isRegistered, type PortInfo } from '../../../gateway-api';
import { countryOfSims } from '../../../numbers/countries';
import { simulatorName } from '../../gateways/Simulators';
import { asError } from '../../input';
import type { SharedRuntime } from '../../SharedRuntime';
import type { ConnectionTestRequest } from './connectionTestRequest';

/** As the contract has it: a refused login is held back for so long, in ms. */
const LOGIN_COOL_DOWN_MS = 10 * 60_000;
/** Refused logins that are remembered: they are tried one at a time. */
const MOST_REFUSED = 1000;

/** Tries connections that aren't deployed yet, one at a time. */
export class ConnectionTest {
  private busy = false;
  /** Logins that were refused, by a hash of address and login, with when: some firmware bans who tries again and again. */
  private readonly refused = new OldestOut<string, number>(MOST_REFUSED);

  constructor(private readonly runtime: SharedRuntime) {}

  /**
   * Resolves with what the gateway tells, within twice the time-out (its login and its answer). Rejects with the contract's
   * error; `BUSY` while another test is under way. A wrong password costs one refused login, however often it is tried.
   */
  async run(request_: ConnectionTestRequest): Promise<ConnectionFound> {
    if (this.busy) throw new GatewayError('BUSY', 'Another connection is being tried; try again in a moment.', 'no');
    this.busy = true;
    try {
      const url = await this.addressOf(request_.url);
      this.checkCoolDown(request_);
      return await this.ask(
        new GatewayClient({
          ...request_,
          url,
          sawDigest: URL.canParse(url) && (await this.runtime.digestNotes.lookUp(new URL(url).href)),
          timeout: request_.timeout * 1000,
          maxSockets: 1,
          clock: this.runtime.clock,
          getSecrets: this.runtime.secrets,
        }),
        request_,
      );
    } catch (error) {
      const told = asError(error);
      if (told.code === 'AUTH_REFUSED' && request_.username !== '') this.noteRefusal(request_);
      told.message = withoutValues(told.message, request_);
      throw told;
    } finally {
      this.busy = false;
      await this.runtime.keepSimulators();
    }
  }

  private async addressOf(url: string): Promise<string> {
    const simulator = simulatorName(url);
    return simulator === undefined ? url : (await this.runtime.simulators.start(simulator)).url;
  }

  private async ask(
    client: GatewayClient,
    { id, url, timezone, timeout }: ConnectionTestRequest,
  ): Promise<ConnectionFound> {
    const { clock } = this.runtime;
    const deployed = this.runtime.gatewayNodes.get(id)?.properties;
    const gateway = deployed && this.runtime.gateways.of(id);
    const late = new AbortController();
    const timer = clock.after(timeout * 2000, () => late.abort());
    const { signal } = late;
    // What its clocks have told holds for what is deployed.
    const isDeployed = deployed?.url === url && deployed.timezone === timezone;
    const clocks = (isDeployed && gateway?.clocks.ahead) || {};
    const question = async (): Promise<ConnectionFound> => ({
      ...foundBy(client, await portsOf(client, signal)),
      ...(Object.keys(clocks).length > 0 && { clocks }),
    });
    try {
      // Gateways are small: where a queue to it is open, the question takes its turn there.
      return await (gateway ? gateway.inTurn(question, signal) : question());
    } catch (error) {
      if (signal.aborted) throw new GatewayError('TIMEOUT', `Nothing came back within ${timeout * 2} s.`, 'no');
      throw error;
    } finally {
      timer.cancel();
      client.close();
    }
  }

  private checkCoolDown(request_: ConnectionTestRequest): void {
    const { clock } = this.runtime;
    const since = clock.monotonic() - (this.refused.get(fingerprint(request_)) ?? Number.NEGATIVE_INFINITY);
    if (since >= LOGIN_COOL_DOWN_MS) return;
    const why = `The gateway refused this login ${Math.round(since / 1000)} s ago; it wasn't tried again.`;
    throw new GatewayError('AUTH_REFUSED', `${why} Change the user name or the password.`, 'no');
  }

  private noteRefusal(request_: ConnectionTestRequest): void {
    const { clock } = this.runtime;
    forgetOld(this.refused, clock);
    const key = fingerprint(request_);
    if (!this.refused.has(key)) this.refused.set(key, clock.monotonic());
  }
}

/** A text with variables as they are written where their values stood; of an address its host stands in texts as well. */
function withoutValues(text: string, { hidden, url }: ConnectionTestRequest): string {
  const { origin = '', host = '', hostname = '' } = URL.canParse(url) ? new URL(url) : {};
  const ofAddress = hidden
    .filter(([value]) => value === url)
    .flatMap(([, written]) => [origin, host, hostname].map((part) => [part, written] as const));
  return [...hidden, ...ofAddress].reduce(
    (said, [value, written]) => (value === '' ? said : said.replaceAll(value, () => written)),
    text,
  );
}

function forgetOld(refused: Map<string, number>, clock: Clock): void {
  for (const [key, at] of refused) if (clock.monotonic() - at >= LOGIN_COOL_DOWN_MS) refused.delete(key);
}

const fingerprint = ({ url, username, password, auth }: ConnectionTestRequest): string =>
  createHash('sha256')
    .update(JSON.stringify([url, username, password, auth]))
    .digest('base64');

async function portsOf(client: GatewayClient, signal: AbortSignal): Promise<PortInfo[]> {
  try {
    return (await client.getPortInfo({ info_type: ['reg', 'imsi'] }, { signal })).info;
  } catch (error) {
    // Firmware that doesn't tell of SIMs refuses the question.
    if (!(error instanceof GatewayError && error.code === 'BAD_REQUEST')) throw error;
    return (await client.getPortInfo({ info_type: ['reg'] }, { signal })).info;
  }
}

function foundBy(client: GatewayClient, info: readonly PortInfo[]): ConnectionFound {
  const { sn, login = 'open', clockAhead } = client;
  const country = countryOfSims(info.flatMap(({ imsi }) => (imsi ? [imsi] : [])));
  return {
    login: login === 'open' ? 'none' : login,
    ...(sn !== undefined && { sn }),
    ports: info.length,
    registered: info.filter(({ reg }) => isRegistered(reg)).length,
    ...(country !== undefined && { country }),
    ...(clockAhead !== undefined && { clockAhead: Math.round(clockAhead / 1000) }),
  };
}
