import { createHmac } from 'node:crypto';
import { OldestOut } from '../../bounded/OldestOut';
import type { Store } from '../../store';
import { digestKey } from '../digestKey';

/** Characters of a digest: 128 bits. */
const DIGEST_LENGTH = 22;
const MOST_KEPT = 2000;

/** Digests of numbers, by a key that lies in the store: who reads the counters alone doesn't learn the numbers. */
export class Digests {
  private key: Promise<string> | undefined;
  /** The digests made last: what waits is looked at again and again. */
  private readonly made = new OldestOut<string, string>(MOST_KEPT);

  constructor(private readonly store: Pick<Store, 'notes' | 'putNotes'>) {}

  /** @param identities numbers as `identityOf` writes them */
  async of(identities: readonly string[]): Promise<string[]> {
    this.key ??= digestKey(this.store).catch((error: Error) => {
      this.key = undefined;
      throw error;
    });
    const key = await this.key;
    return identities.map((one) => this.made.get(one) ?? this.make(one, key));
  }

  private make(identity: string, key: string): string {
    const digest = createHmac('sha256', key).update(identity).digest('base64url').slice(0, DIGEST_LENGTH);
    this.made.set(identity, digest);
    return digest;
  }
}
