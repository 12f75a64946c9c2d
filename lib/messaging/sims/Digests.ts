import { createHmac } from 'node:crypto';
import type { Store } from '../../store';
import { digestKey } from '../digestKey';

/** Characters of a digest: 128 bits. */
const DIGEST_LENGTH = 22;

/** Digests of numbers, by a key that lies in the store: who reads the counters alone doesn't learn the numbers. */
export class Digests {
  private key: Promise<string> | undefined;

  constructor(private readonly store: Pick<Store, 'notes' | 'putNotes'>) {}

  /** @param identities numbers as `identityOf` writes them */
  async of(identities: readonly string[]): Promise<string[]> {
    this.key ??= digestKey(this.store).catch((error: Error) => {
      this.key = undefined;
      throw error;
    });
    const key = await this.key;
    return identities.map((one) => createHmac('sha256', key).update(one).digest('base64url').slice(0, DIGEST_LENGTH));
  }
}
