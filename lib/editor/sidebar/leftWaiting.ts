import { WAITING_TOPIC } from '../../sidebar/snapshot';
import type { Translate } from '../red';

/** A deploy may take several nodes away, one after the other, in ms. */
const GATHER_MS = 500;
const SHOWN_MS = 20_000;

/** Tells, after a deploy that has taken `send sms` nodes away, how many SMS of theirs still wait, and where to stop them. */
export function tellOfLeftWaiting(t: Translate): void {
  let count = 0;
  let timer: number | undefined;
  RED.comms.subscribe(WAITING_TOPIC, (_topic, more) => {
    count += Number(more);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      RED.notify(t('tip.leftWaiting', { count }), { type: 'warning', timeout: SHOWN_MS });
      count = 0;
    }, GATHER_MS);
  });
}
