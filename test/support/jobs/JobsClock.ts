import type { Timer } from '../../../lib/clock';
import { FakeClock, settled } from '../FakeClock';

/** Turns of the event loop without anything under way after which nothing more is to come. */
const QUIET_TURNS = 4;

/** A clock that also waits for a store that works beside the event loop's turns. */
export class JobsClock extends FakeClock {
  isBusy: () => boolean = () => false;

  // A fraction of a millisecond may be too little to be added to the moment: then no time passes at all.
  override after(ms: number, action: () => void): Timer {
    return super.after(Math.ceil(ms), action);
  }

  protected override async settle(): Promise<void> {
    for (let quiet = 0; quiet < QUIET_TURNS; quiet++) {
      await settled();
      if (this.isBusy()) quiet = -1;
    }
  }
}
