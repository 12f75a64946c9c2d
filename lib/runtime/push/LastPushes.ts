import type { LastPush } from '../../admin/answers';
import { OldestOut } from '../../bounded/OldestOut';
import type { Clock } from '../../clock';

interface Noted {
  seen?: { at: number; gateway?: string; topics: string[] };
  refused?: { at: number; status: number; address: string };
}

/** Receivers that are remembered, those that are gone included. */
const MOST = 200;

/** When each push receiver last heard something, across deploys. */
export class LastPushes {
  private readonly byReceiver = new OldestOut<string, Noted>(MOST);

  constructor(private readonly clock: Clock) {}

  /** @param gateway what it is called; undefined for one that isn't known */
  seen(receiver: string, topics: string[], gateway?: string): void {
    this.byReceiver.set(receiver, { seen: { at: this.clock.monotonic(), topics: [...new Set(topics)], gateway } });
  }

  refused(receiver: string, status: number, address: string): void {
    const { seen } = this.byReceiver.get(receiver) ?? {};
    this.byReceiver.set(receiver, { seen, refused: { at: this.clock.monotonic(), status, address } });
  }

  of(receiver: string): LastPush {
    const { seen, refused } = this.byReceiver.get(receiver) ?? {};
    return {
      ...(seen && { seen: { seconds: this.ago(seen.at), topics: seen.topics, gateway: seen.gateway } }),
      ...(refused && { refused: { seconds: this.ago(refused.at), status: refused.status, address: refused.address } }),
    };
  }

  private readonly ago = (at: number): number => Math.max(0, Math.round((this.clock.monotonic() - at) / 1000));
}
