import type { Clock } from '../../clock';

/** Less than this is no step but the drift of the two clocks, or a clock that is being set right by and by, in ms. */
const SMALLEST_STEP_MS = 1000;
/** Some systems tell their uptime in whole seconds. */
const SMALLEST_SLEEP_MS = 2000;

/**
 * Notices when the wall clock steps. A machine that was asleep isn't one whose clock has stepped: the monotonic clock stood
 * still meanwhile, but the time has passed.
 */
export class ClockSteps {
  private ahead: number;
  private started: number;

  constructor(private readonly clock: Clock) {
    this.ahead = clock.now() - clock.monotonic();
    this.started = clock.now() - clock.uptime();
  }

  /** By how much the wall clock has stepped since this was last asked, in ms; 0 = not at all. */
  take(): number {
    const { clock } = this;
    const step = clock.now() - clock.monotonic() - this.ahead;
    if (Math.abs(step) < SMALLEST_STEP_MS) return 0;
    const withoutSleep = clock.now() - clock.uptime() - this.started;
    this.ahead += step;
    this.started += withoutSleep;
    return step - withoutSleep < SMALLEST_SLEEP_MS ? step : withoutSleep;
  }
}
