import { lookup } from 'node:dns/promises';
import { OldestOut } from '../../bounded/OldestOut';
import type { Clock } from '../../clock';
import { atMost } from '../../concurrency';
import { comparableAddress } from '../../push';

/** How long a name's addresses are believed, and how long a name server may take, in ms. */
const LOOKUP_MAX_AGE_MS = 60_000;
const LOOKUP_TIMEOUT_MS = 2000;
/** Names that are remembered. */
const MAX_NAMES = 1000;

/** Which addresses are a gateway's own: as its URL has them, or as the host name there resolves. */
export class OwnAddresses {
  private readonly byName = new OldestOut<string, { until: number; addresses: Promise<string[]> }>(MAX_NAMES);

  constructor(
    private readonly clock: Clock,
    private readonly getAddresses = addressesOf,
  ) {}

  /**
   * Whether a push comes from the gateway itself; false where its name can't be resolved in time.
   * @param host the host of the gateway's URL
   * @param address where the push came from
   */
  async has(host: string, address: string): Promise<boolean> {
    const source = comparableAddress(address);
    const literal = comparableAddress(host);
    if (literal !== undefined) return literal === source;
    return (await this.ofName(host)).some((own) => comparableAddress(own) === source);
  }

  private ofName(host: string): Promise<string[]> {
    const now = this.clock.monotonic();
    const known = this.byName.get(host);
    if (known && known.until > now) return known.addresses;
    const resolved = this.getAddresses(host).catch((): string[] => []);
    const addresses = atMost(this.clock, LOOKUP_TIMEOUT_MS, resolved).then((found = []) => found);
    this.byName.set(host, { until: now + LOOKUP_MAX_AGE_MS, addresses });
    return addresses;
  }
}

async function addressesOf(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}
