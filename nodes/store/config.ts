import { numberFrom, oneOf, type Rules } from '../../lib/properties/rules';
import type { Saved } from '../../lib/properties/saved';

/** The saved properties of a `dinstar-store` node (contract, dinstar-store). */
export interface StoreConfig {
  name: string;
  kind: 'file' | 'memory' | 'postgres';
  /** Days that finished messages, and with them used `user_id`s, are remembered. */
  keepDays: number;
  /** What becomes of inputs that can't be kept. */
  onUnavailable: 'refuse' | 'hold';
  /** Of `postgres`: where its tables are. */
  schema: string;
  /** A `tls-config` node's id; empty = as the URL says. */
  tls: string;
  /** Seconds that a machine's right to talk to a gateway lasts without being renewed. */
  lease: number;
  /** What this machine is called; empty = its host's name. */
  machine: string;
}

export const defaults: StoreConfig = {
  name: '',
  kind: 'file',
  keepDays: 7,
  onUnavailable: 'refuse',
  schema: 'dinstar',
  tls: '',
  lease: 15,
  machine: '',
};

const KINDS: readonly StoreConfig['kind'][] = ['file', 'memory', 'postgres'];

/** What they may be, where not all of their kind. */
export const rules: Rules<StoreConfig> = {
  kind: oneOf('file', 'memory', 'postgres'),
  keepDays: numberFrom(0.001, 36_500),
  onUnavailable: oneOf('refuse', 'hold'),
  lease: numberFrom(10, 300),
};

/** Saved properties as the editor, an older version or somebody's own flow file left them: whole, and of the right types. */
export function normalise(saved: Saved<StoreConfig>): StoreConfig {
  const days = Number(saved.keepDays);
  const lease = Number(saved.lease);
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
  return {
    name: text(saved.name),
    kind: KINDS.find((kind) => kind === saved.kind) ?? defaults.kind,
    keepDays: Number.isFinite(days) && days > 0 ? days : defaults.keepDays,
    onUnavailable: saved.onUnavailable === 'hold' ? 'hold' : defaults.onUnavailable,
    schema: text(saved.schema) || defaults.schema,
    tls: text(saved.tls),
    lease: lease >= 10 && lease <= 300 ? lease : defaults.lease,
    machine: text(saved.machine),
  };
}
