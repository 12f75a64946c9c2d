import { OldestOut } from '../../bounded/OldestOut';
import { noteKeys, type Store } from '../../store';

/** What is remembered beside the store, for when that can't be read. */
const MAX_ADDRESSES = 1000;

/** Which gateways have asked for Digest: with *Login* `auto` none of them gets the password in clear, after a restart either. */
export class DigestNotes {
  private readonly known = new OldestOut<string, true>(MAX_ADDRESSES);

  /** @param getStore where it is noted; undefined where no node has registered */
  constructor(private readonly getStore: () => Pick<Store, 'notes' | 'putNotes'> | undefined) {}

  /** Whether the gateway at an address is known to have asked for Digest, since it was looked up last. */
  has(address: string): boolean {
    return this.known.get(address) === true;
  }

  /** Looks up whether it has. What can't be read says nothing. */
  async lookUp(address: string): Promise<boolean> {
    if (this.has(address)) return true;
    const key = noteKeys.digest(address);
    const notes = await this.getStore()
      ?.notes([key])
      .catch(() => undefined);
    if (notes?.has(key)) this.known.set(address, true);
    return this.has(address);
  }

  /** Notes that it has. Where that fails, only this process knows it. */
  add(address: string): void {
    if (this.has(address)) return;
    this.known.set(address, true);
    this.getStore()
      ?.putNotes(new Map([[noteKeys.digest(address), '1']]))
      .catch(() => undefined);
  }
}
