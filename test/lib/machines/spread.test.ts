import fc from 'fast-check';
import should from 'should';
import { type Group, type Standing, toGiveBack, toTake } from '../../../lib/machines/spread';

const groups = (count: number): Group[] => Array.from({ length: count }, (_, place) => [`g${place}`, `also g${place}`]);
const wantsAll = (wanted: readonly Group[], holds: number) => ({ wants: wanted.map(([first = '']) => first), holds });

describe('which gateways a machine takes and gives back', () => {
  const wanted = groups(4);
  const standing = (more: Partial<Standing>): Standing => ({
    wanted,
    isHeld: () => false,
    isFree: () => true,
    isLeftOver: () => false,
    others: [],
    ...more,
  });
  const heldFirst = (count: number) => (group: Group) => wanted.indexOf(group) < count;

  it('alone it takes all, of two each takes half, and what is left over either takes', () => {
    should(toTake(standing({}))).eql(wanted);
    const others = [wantsAll(wanted, 0)];
    should(toTake(standing({ others }))).eql(wanted.slice(0, 2));
    should(toTake(standing({ others, isHeld: heldFirst(2) }))).eql([]);
    const isLeftOver = (group: Group): boolean => group === wanted[3];
    should(toTake(standing({ others, isHeld: heldFirst(2), isLeftOver }))).eql([wanted[3]]);
    should(toTake(standing({ others, isLeftOver: heldFirst(1) }))).eql(wanted.slice(0, 2));
    should(toTake(standing({ isFree: () => false }))).eql([]);
  });

  it('a machine that could talk to none of them takes no share', () => {
    should(toTake(standing({ others: [{ wants: ['elsewhere'], holds: 0 }] }))).eql(wanted);
  });

  it('what is above its share it gives back, the last first, to one that has less and could talk to it', () => {
    const isHeld = heldFirst(4);
    should(toGiveBack(standing({ isHeld, others: [wantsAll(wanted, 0)] }))).equal(wanted[3]);
    should(toGiveBack(standing({ isHeld, others: [wantsAll(wanted.slice(0, 2), 1)] }))).equal(wanted[1]);
    should(toGiveBack(standing({ isHeld, others: [wantsAll(wanted, 2)] }))).equal(undefined);
    should(toGiveBack(standing({ isHeld: heldFirst(2), others: [wantsAll(wanted, 0)] }))).equal(undefined);
    should(toGiveBack(standing({ isHeld }))).equal(undefined);
    // One that has its share doesn't hide one that has none.
    const both = [wantsAll(wanted, 2), wantsAll(wanted, 0)];
    should(toGiveBack(standing({ isHeld, others: both }))).equal(wanted[3]);
  });

  it('comes to rest, with each gateway held and none above its share, however they are held at first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(5), { maxLength: 9 }), (machines, first) => {
        const all = groups(first.length);
        const holder = new Map(all.map((group, place) => [group, (first[place] ?? 0) % (machines + 1)]));
        const heldBy = (machine: number): number => all.filter((group) => holder.get(group) === machine).length;
        const asSeenBy = (machine: number): Standing => ({
          wanted: all,
          isHeld: (group) => holder.get(group) === machine,
          isFree: (group) => holder.get(group) === machines,
          isLeftOver: () => false,
          others: [...Array(machines).keys()]
            .filter((other) => other !== machine)
            .map((other) => wantsAll(all, heldBy(other))),
        });
        for (let beat = 0; beat < 3 * first.length; beat++)
          for (let machine = 0; machine < machines; machine++) {
            for (const group of toTake(asSeenBy(machine))) holder.set(group, machine);
            const spare = toGiveBack(asSeenBy(machine));
            if (spare) holder.set(spare, machines);
          }
        const most = Math.ceil(first.length / machines);
        for (let machine = 0; machine < machines; machine++) should(heldBy(machine)).be.belowOrEqual(most);
        should(heldBy(machines)).equal(0);
      }),
    );
  });
});
