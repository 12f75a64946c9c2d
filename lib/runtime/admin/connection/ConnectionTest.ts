import { createHash } from 'node:crypto';
import { OldestOut } from '../../../bounded/OldestOut';
import type { Clock } from '../../../clock';
import { GatewayClient, GatewayError, isRegistered, type PortInfo } from '../../../gateway-api';
import { countryOfSims } from '../../../numbers/countries';
import { simulatorName } from '../../gateways/simulators';
import type { House } from '../../house';
import { asError } from '../../input';
import type { ConnectionWish } from './wish';

/** What trying a connection found out. */
export interface ConnectionFound {
  login: 'none' | 'basic' | 'digest';
  /** As its answers give it; older firmware never does. */
  sn?: string;
  ports: number;
  /** How many of them are registered with their network. */
  registered: number;
  /** ISO code of the one country that its SIMs are from. */
  country?: string;
  /** Seconds that the gateway's clock is ahead of this machine's, where its web server tells a time. */
  clockAhead?: number;
  /** Seconds that its two clocks are ahead by what its records have told, in the time zone that is deployed. */
  clocks?: { device?: number; network?: number };
}

/** As the contract has it: a refused login is held back for so long, in ms. */
const COOL_DOWN = 10 * 60_000;
/** Refused logins that are remembered: they are tried one at a time. */
const MOST_REFUSED = 1000;

/** Tries connections that aren't deployed yet, one at a time. */
export class ConnectionTest {
  private busy = false;
  /** Logins that were refused, by a hash of address and login, with when: some firmware bans who tries again and again. */
  private readonly refused = new OldestOut<string, number>(MOST_REFUSED);

  constructor(private readonly house: House) {}

  /**
   * Resolves with what the gateway tells, within twice the time-out (its login and its answer). Rejects with the contract's
   * error; `BUSY` while another test is under way. A wrong password costs one refused login, however often it is tried.
   */
  async run(wish: ConnectionWish): Promise<ConnectionFound> {
    if (this.busy) throw new GatewayError('BUSY', 'Another connection is being tried; try again in a moment.', 'no');
    this.busy = true;
    try {
      const url = await this.addressOf(wish.url);
      this.checkCoolDown(wish);
      return await this.ask(new GatewayClient({ ...wish, url, timeout: wish.timeout * 1000, maxSockets: 1 }), wish);
    } catch (error) {
      const told = asError(error);
      if (told.code === 'AUTH_REFUSED' && wish.username !== '') this.noteRefusal(wish);
      told.message = withoutValues(told.message, wish);
      throw told;
    } finally {
      this.busy = false;
      await this.house.keepSimulators();
    }
  }

  private async addressOf(url: string): Promise<string> {
    const simulator = simulatorName(url);
    return simulator === undefined ? url : (await this.house.simulators.start(simulator)).url;
  }

  private async ask(client: GatewayClient, { id, url, timezone, timeout }: ConnectionWish): Promise<ConnectionFound> {
    const { clock } = this.house;
    const deployed = this.house.gatewayNodes.get(id)?.properties;
    const gateway = deployed && this.house.gateways.of(id);
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
      // Gateways are small: where a line to it is open, the question takes its turn there.
      return await (gateway ? gateway.line.ask({ kind: 'command', signal }, question) : question());
    } catch (error) {
      if (signal.aborted) throw new GatewayError('TIMEOUT', `Nothing came back within ${timeout * 2} s.`, 'no');
      throw error;
    } finally {
      timer.cancel();
      client.close();
    }
  }

  private checkCoolDown(wish: ConnectionWish): void {
    const { clock } = this.house;
    const since = clock.monotonic() - (this.refused.get(fingerprint(wish)) ?? Number.NEGATIVE_INFINITY);
    if (since >= COOL_DOWN) return;
    const why = `The gateway refused this login ${Math.round(since / 1000)} s ago; it wasn't tried again.`;
    throw new GatewayError('AUTH_REFUSED', `${why} Change the user name or the password.`, 'no');
  }

  private noteRefusal(wish: ConnectionWish): void {
    const { clock } = this.house;
    forgetOld(this.refused, clock);
    const print = fingerprint(wish);
    if (!this.refused.has(print)) this.refused.set(print, clock.monotonic());
  }
}

/** A text with variables as they are written where their values stood; of an address its host stands in texts as well. */
function withoutValues(text: string, { hidden, url }: ConnectionWish): string {
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
  for (const [print, at] of refused) if (clock.monotonic() - at >= COOL_DOWN) refused.delete(print);
}

const fingerprint = ({ url, username, password, auth }: ConnectionWish): string =>
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
