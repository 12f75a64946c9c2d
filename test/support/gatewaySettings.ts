import type { GatewaySettings } from '../../lib/messaging';

/** What a gateway node has by default, with a short queue in the gateway. */
export const SETTINGS: GatewaySettings = {
  concurrency: 1,
  country: '',
  combine: 'same',
  combineBytes: 12_000,
  queueLimit: 2,
  maxPerHour: 0,
  maxPerRecipient: 0,
  unknownPolicy: 'hold',
  unknownHold: 600,
};
