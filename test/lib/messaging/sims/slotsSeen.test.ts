import should from 'should';
import type { Card } from '../../../../lib/messaging/sims/Cards';
import { SlotsSeen } from '../../../../lib/messaging/sims/SlotsSeen';
import { FakeClock } from '../../../support/FakeClock';

const HOUR = 3_600_000;
const card = (port: number, slot: number | undefined, isReady = true): Card =>
  ({ port, slot, isReady, key: `${port}/${slot}` }) as Card;

describe('the slots of a port', () => {
  let clock: FakeClock;
  let seen: SlotsSeen;
  beforeEach(() => {
    clock = new FakeClock();
    seen = new SlotsSeen(clock);
  });
  const keys = (port: number, slot: number): string[] => seen.others({ port, slot }).map(({ key }) => key);

  it('have the cards that were seen in them, of which those of its others are asked for', () => {
    seen.see([card(0, 0), card(1, 0)]);
    seen.see([card(0, 3), card(1, 0)]);
    should(keys(0, 3)).eql(['0/0']);
    should(keys(0, 0)).eql(['0/3']);
    should(keys(1, 0)).eql([]);
  });

  it('are none where the gateway tells no slot, or one that no port has', () => {
    seen.see([card(0, undefined), card(0, 4), card(0, 255)]);
    should(keys(0, 0)).eql([]);
  });

  it('count as empty for six hours where no card registered, unless one does', async () => {
    seen.noneIn(0, 1);
    should(seen.isEmpty({ port: 0, slot: 1 })).be.true();
    should(seen.isEmpty({ port: 1, slot: 1 })).be.false();
    seen.see([card(0, 1, false)]);
    should(seen.isEmpty({ port: 0, slot: 1 })).be.true();
    await clock.advance(6 * HOUR - 1);
    should(seen.isEmpty({ port: 0, slot: 1 })).be.true();
    await clock.advance(1);
    should(seen.isEmpty({ port: 0, slot: 1 })).be.false();
    seen.noneIn(0, 1);
    seen.see([card(0, 1)]);
    should(seen.isEmpty({ port: 0, slot: 1 })).be.false();
  });
});
