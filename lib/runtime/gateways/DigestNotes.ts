import { noteKeys, type Store } from '../../store';

/** Which gateways have asked for Digest: with *Login* `auto` none of them gets the password in clear, after a restart either. */
export class DigestNotes {
  /** @param getStore where it is noted; undefined where no node has registered */
  constructor(private readonly getStore: () => Pick<Store, 'notes' | 'putNotes'> | undefined) {}

  /** Whether the gateway at an address has asked for Digest; false where that can't be looked up. */
  async has(address: string): Promise<boolean> {
    const key = noteKeys.digest(address);
    const notes = await this.getStore()
      ?.notes([key])
      .catch(() => undefined);
    return notes?.has(key) === true;
  }

  /** Notes that it has. Where that fails, the next start doesn't know it. */
  add(address: string): void {
    this.getStore()
      ?.putNotes(new Map([[noteKeys.digest(address), '1']]))
      .catch(() => undefined);
  }
}
