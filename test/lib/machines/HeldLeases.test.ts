import should from 'should';
import { HeldLeases } from '../../../lib/machines/HeldLeases';
import { Stopwatch } from '../../../lib/machines/Stopwatch';
import { FakeClock } from '../../support/FakeClock';

describe('the leases that a machine has', () => {
  it('end each in its time by the machine’s own clock, with all config nodes of its gateway, and are told of once', async () => {
    const clock = new FakeClock();
    const ended: string[] = [];
    const held = new HeldLeases(clock, (group) => void ended.push(group.join(' ')));
    const lease = (gateway: string, left: number) => ({ gateway, machine: 'one', epoch: 1, left });
    held.gained(['a', 'b'], [lease('a', 9000), lease('b', 2000)], new Stopwatch(clock));
    held.gained(['c'], [lease('c', 5000)], new Stopwatch(clock));
    should(held.epochOf('a')).equal(1);
    await clock.advance(1990);
    should(ended).eql([]);
    await clock.advance(20);
    should(ended).eql(['a b']);
    should(held.epochOf('a')).equal(undefined);
    should(held.epochOf('c')).equal(1);
    await clock.advance(3000);
    should(ended).eql(['a b', 'c']);
    should(held.groups).eql([]);
    should(clock.running).equal(0);
  });

  it('go on as a heartbeat says, and one that it says nothing of has been lost', async () => {
    const clock = new FakeClock();
    const ended: string[] = [];
    const held = new HeldLeases(clock, (group) => void ended.push(group.join(' ')));
    const lease = (gateway: string, left: number, epoch = 1) => ({ gateway, machine: 'one', epoch, left });
    for (const gateway of ['a', 'b', 'c']) held.gained([gateway], [lease(gateway, 5000)], new Stopwatch(clock));
    await clock.advance(4000);
    held.renewed([lease('a', 5000), lease('c', 5000, 2)], new Stopwatch(clock));
    should(ended).eql(['b', 'c']);
    await clock.advance(4900);
    should(held.left('a')).equal(100);
    await clock.advance(200);
    should(ended).eql(['b', 'c', 'a']);
  });
});
