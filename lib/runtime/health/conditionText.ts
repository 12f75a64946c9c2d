import type { ConditionEvent } from '../../messaging';
import { CONDITIONS } from '../../properties/conditions';
import type { Red } from '../red';

const MINUTE_S = 60;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;

/** Whatever node tells it, the texts are those of the watch. */
const CATALOGUE = '@gsm-gateway/node-red-dinstar/watch:text';

/** The text of an alarm that there is no other gateway to send by. */
export const aloneText = (translate: Red['_']): string => translate(`${CATALOGUE}.alone`);

/** A condition in one short sentence, ready to be sent, in the language of the runtime; `name`: the gateway's. */
export function conditionText(
  { condition, state, value, sim }: ConditionEvent,
  name: string,
  translate: Red['_'],
): string {
  const shown = CONDITIONS[condition].unit === 's' ? span(value ?? 0) : String(value ?? '?');
  return translate(`${CATALOGUE}.${condition}.${state}`, { gateway: name, value: shown, port: sim?.port ?? '' });
}

/** A span of time by the words that stand for themselves in most languages: 70 s, 5 min, 3 h, 2 d. */
function span(seconds: number): string {
  if (seconds < 2 * MINUTE_S) return `${seconds} s`;
  if (seconds < 2 * HOUR_S) return `${Math.round(seconds / MINUTE_S)} min`;
  return seconds < 2 * DAY_S ? `${Math.round(seconds / HOUR_S)} h` : `${Math.round(seconds / DAY_S)} d`;
}
