import type { Held, HeldBy } from '../../../store';
import type { Obstacle } from './Backoff';

const BY: Partial<Record<Obstacle, { by: HeldBy; text: string }>> = {
  UNREACHABLE: { by: 'gateway-down', text: "The gateway can't be reached" },
  BAD_REPLY: { by: 'gateway-down', text: "The gateway's answers can't be read" },
  NO_PORT: { by: 'no-sim', text: 'No port is registered' },
  AUTH_REFUSED: { by: 'login-refused', text: 'The gateway refuses the login' },
  HOURLY_LIMIT: { by: 'hourly-limit', text: 'The hourly limit is reached' },
};

/**
 * What holds back the SMS of a queue that can't go on. It is known at the moment of asking and stored nowhere.
 * @param until when it is over, where that is known
 */
export function heldByObstacle(obstacle: Obstacle | undefined, until: number | null): Held | undefined {
  const reason = obstacle && BY[obstacle];
  return reason && { ...reason, until };
}

/** What holds back an SMS none of whose ports is registered, while others are. */
export const NO_SIM: Held = { by: 'no-sim', until: null, text: 'None of its ports is registered' };

/** What holds back an SMS whose job is paused. */
export const PAUSED: Held = { by: 'pause', until: null, text: 'Its job is paused' };
