import { createHmac } from 'node:crypto';
import type { Random } from '../../clock';
import type { IncomingSms } from '../../gateway-api';
import type { Store } from '../../store';
import { digestKey } from '../digestKey';

const HEAD = 'Test SMS from SIM to SIM, please ignore:';
const MARK = /^Test SMS from SIM to SIM, please ignore: ([0-9a-z]{8})-([0-9a-f]{12})$/;
const ID_LENGTH = 8;
const PROOF_LENGTH = 12;

/**
 * Test SMS and how they are known again: each has an id, and a proof by a key in the store. So one is known without a list of
 * them, a year later in a full inbox, too; and nobody can make one that would be passed over.
 */
export class CanaryMarks {
  private key: string | undefined;
  private loading: Promise<void> | undefined;

  constructor(private readonly store: Pick<Store, 'notes' | 'putNotes'>) {}

  /** Resolves when they can be told; rejects when the store can't be read. */
  load(): Promise<void> {
    this.loading ??= digestKey(this.store).then(
      (key) => {
        this.key = key;
      },
      (error: Error) => {
        this.loading = undefined;
        throw error;
      },
    );
    return this.loading;
  }

  /** Makes sure that those among these can be told; what can't be read now is told as others are. */
  async prepareFor(sms: readonly Pick<IncomingSms, 'text'>[]): Promise<void> {
    if (sms.some(({ text }) => MARK.test(text.trim()))) await this.load().catch(() => undefined);
  }

  /** An id that no other has. */
  createId(random: Random): string {
    return Array.from({ length: ID_LENGTH }, () => Math.floor(random() * 36).toString(36)).join('');
  }

  /** What the test SMS with this id says: one segment. Only after `load`. */
  textOf(id: string): string {
    return `${HEAD} ${id}-${this.proofOf(id)}`;
  }

  /** The id of the test SMS that an incoming one is; undefined where it is none, or before `load`. */
  idOf({ text }: Pick<IncomingSms, 'text'>): string | undefined {
    const [, id, proof] = MARK.exec(text.trim()) ?? [];
    return id !== undefined && this.key !== undefined && proof === this.proofOf(id) ? id : undefined;
  }

  private proofOf(id: string): string {
    if (this.key === undefined) throw new Error('the key of test SMS is not loaded');
    return createHmac('sha256', this.key).update(`canary ${id}`).digest('hex').slice(0, PROOF_LENGTH);
  }
}
