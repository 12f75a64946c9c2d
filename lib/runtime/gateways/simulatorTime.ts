import type { SimulatorOptions } from '../../../simulator';
import type { Clock } from '../../clock';

/** The options by which a simulated gateway has its time of a clock. */
export const simulatorTime = (clock: Clock): Pick<SimulatorOptions, 'now' | 'schedule'> => ({
  now: () => clock.now(),
  schedule(ms, action) {
    const timer = clock.after(ms, action);
    return () => timer.cancel();
  },
});
