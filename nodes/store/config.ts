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
}

export const defaults: StoreConfig = {
  name: '',
  kind: 'file',
  keepDays: 7,
  onUnavailable: 'refuse',
};

const KINDS: readonly StoreConfig['kind'][] = ['file', 'memory', 'postgres'];

/** What they may be, where not all of their kind. */
export const rules: Rules<StoreConfig> = {
  kind: oneOf('file', 'memory', 'postgres'),
  keepDays: numberFrom(0.001, 36_500),
  onUnavailable: oneOf('refuse', 'hold'),
};

/** Saved properties as the editor, an older version or somebody's own flow file left them: whole, and of the right types. */
export function normalise(saved: Saved<StoreConfig>): StoreConfig {
  const days = Number(saved.keepDays);
  return {
    name: typeof saved.name === 'string' ? saved.name.trim() : defaults.name,
    kind: KINDS.find((kind) => kind === saved.kind) ?? defaults.kind,
    keepDays: Number.isFinite(days) && days > 0 ? days : defaults.keepDays,
    onUnavailable: saved.onUnavailable === 'hold' ? 'hold' : defaults.onUnavailable,
  };
}
