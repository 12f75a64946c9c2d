import type { Random } from '../../../lib/clock';
import type { Store } from '../../../lib/store';
import { describeBeginAndChange } from './conformance/beginAndChange';
import { describeClosing, describeReopening } from './conformance/closing';
import { describeDueAndExpiry } from './conformance/dueAndExpiry';
import { describeFinding } from './conformance/finding';
import { describeHeld } from './conformance/held';
import { describeInputs } from './conformance/inputs';
import { describeJobs } from './conformance/jobs';
import { describeKeys } from './conformance/keys';
import { describeMany } from './conformance/many';
import { describeNotes } from './conformance/notes';
import { describePrune } from './conformance/prune';
import { describeRandomRuns } from './conformance/randomRuns';
import { describeStandby } from './conformance/standby';
import { describeSubmissions } from './conformance/submissions';
import { describeTaking } from './conformance/taking';
import { describeUsage } from './conformance/usage';
import { describeUserIds } from './conformance/userIds';
import { describeWaiting } from './conformance/waiting';

/** Makes a new and empty store that isn't open yet. */
export type MakeStore = (random: Random) => Promise<Store>;

export interface ConformanceOptions {
  /** Another store, not open yet, on what a closed one left: only where stores are durable. */
  reopen?: (closed: Store) => Promise<Store>;
  /** How many random runs are compared with the naive store. */
  runs?: number;
  /** Only what a way to a store may break that is tried by itself: calls of all kinds, its end, opening it again. */
  isWay?: boolean;
}

/** What every {@link Store} must do, whatever it keeps its SMS in. */
export function describeStore(
  name: string,
  make: MakeStore,
  { reopen, runs = 30, isWay = false }: ConformanceOptions = {},
): void {
  describe(`store: ${name}`, () => {
    let current: Store;
    const store = (): Store => current;

    beforeEach(async () => {
      current = await make(() => 0.5);
      await current.open();
    });
    afterEach(() => current.close());

    if (!isWay) describeContract(store, make);
    describeClosing(store);
    describeRandomRuns(make, runs);
    if (reopen) {
      describeReopening(store, async () => {
        await current.close();
        current = await reopen(current);
        await current.open();
      });
    }
  });
}

function describeContract(store: () => Store, make: MakeStore): void {
  describeTaking(store);
  describeKeys(store);
  describeWaiting(store);
  describeBeginAndChange(store);
  describeFinding(store);
  describeSubmissions(store);
  describeDueAndExpiry(store);
  describeHeld(store);
  describeStandby(store);
  describeInputs(store);
  describeJobs(store);
  describeMany(store);
  describeNotes(store);
  describeUsage(store);
  describePrune(store);
  describeUserIds(make);
}
