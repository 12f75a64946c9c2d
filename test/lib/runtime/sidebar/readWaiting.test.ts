import should from 'should';
import type { Gateway } from '../../../../lib/messaging';
import { readHeld, readWaiting } from '../../../../lib/runtime/sidebar/readWaiting';
import type { Held, HeldCount } from '../../../../lib/store';

const SCHEDULE: HeldCount = { by: 'schedule', count: 3, until: 500, text: 'Waits for 08:00' };
const PAUSE: HeldCount = { by: 'pause', count: 2, until: null, text: null };
const questions = (counts: HeldCount[]) => ({
  getWaitingCounts: async () => [{ gateway: 'a', count: 9, held: 5 }],
  getHeldCounts: async () => counts,
});
const gatewayHeldUp = (heldUp?: Held): Gateway => ({ sms: { queue: { heldUp } } }) as unknown as Gateway;

describe('what waits here, on the sidebar', () => {
  it('is what the store counts; not known without a queue, or from a store that can’t be read', async () => {
    should(await readWaiting('a', gatewayHeldUp(), questions([]))).match({ count: 9, held: 5 });
    should(await readWaiting('a', undefined, questions([]))).be.undefined();
    const broken = { ...questions([]), getWaitingCounts: () => Promise.reject(new Error('disk')) };
    should(await readWaiting('a', gatewayHeldUp(), broken)).be.undefined();
    should(await readWaiting('a', gatewayHeldUp(), { ...questions([]), getWaitingCounts: async () => [] })).eql({
      count: 0,
      held: 0,
    });
  });

  it('is held by rules, by commands, and all the rest by what holds up the queue', async () => {
    const down = gatewayHeldUp({ by: 'gateway-down', until: null, text: 'The gateway can’t be reached' });
    should(await readHeld('a', { count: 9, held: 5 }, down, questions([SCHEDULE, PAUSE]))).eql([
      { by: 'schedule', count: 3, until: 500, text: 'Waits for 08:00' },
      { by: 'pause', count: 2 },
      { by: 'gateway-down', count: 4, text: 'The gateway can’t be reached' },
    ]);
    should(await readHeld('a', { count: 5, held: 5 }, down, questions([SCHEDULE, PAUSE]))).have.length(2);
    should(await readHeld('a', { count: 4, held: 0 }, gatewayHeldUp(), questions([SCHEDULE]))).eql([]);
  });

  it('is counted whole for one reason, and says of several that there may be more', async () => {
    const counts = (...those: HeldCount[]) =>
      readHeld('a', { count: 9000, held: 9000 }, gatewayHeldUp(), questions(those));
    should(await counts(SCHEDULE)).match([{ count: 9000 }]);
    should((await counts(SCHEDULE))[0]).not.have.property('isMore');
    should(await counts(SCHEDULE, PAUSE)).match([
      { count: 3, isMore: true },
      { count: 2, isMore: true },
    ]);
  });

  it('has no reason that can’t be read now', async () => {
    const broken = { ...questions([]), getHeldCounts: () => Promise.reject(new Error('disk')) };
    should(await readHeld('a', { count: 5, held: 5 }, gatewayHeldUp(), broken)).eql([]);
  });
});
