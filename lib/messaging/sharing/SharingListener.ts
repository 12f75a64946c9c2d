import type { Group } from '../../machines';
import type { Pushed } from '../Pushes';
import type { Recipient } from '../sms/outcome/outcome';
import type { Question } from './Questions';

/** What the gateways of this machine do when another one comes into play. */
export interface SharingListener {
  /** The config nodes of each address. */
  groups(): Group[];
  /** Config nodes that something is kept of in what is shared, and that don't run here. */
  absent(): string[];
  /** What gateways have told of their serial numbers, by config node. */
  serials(): Record<string, string>;
  gained(group: Group): void;
  lost(group: Group): void;
  /** A gateway that isn't shared may be talked to no longer, or again. */
  turned(group: Group): void;
  /** Resolves when nothing is on its way any more. */
  giveBack(group: Group): Promise<void>;
  due(input: string, timedOut: boolean): Promise<void>;
  updated(input: string, recipient: Recipient): Promise<void>;
  taken(gateway: string, isUrgent: boolean): void;
  pushed(gateway: string, pushed: Pushed): Promise<void>;
  asked(gateway: string, question: Question): Promise<unknown>;
  /** Inputs of these config nodes are this machine's now. */
  adopted(gateways: readonly string[]): void;
  /** Another machine has come or gone, or holds something else. */
  changed(): void;
  failed(error: Error): void;
}
