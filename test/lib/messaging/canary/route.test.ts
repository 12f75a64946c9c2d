import fc from 'fast-check';
import should from 'should';
import { type CanaryRoute, chooseRoute } from '../../../../lib/messaging/canary/route';

const sim = (port: number, isKnown = true) => ({ port, number: isKnown ? `+4917${port}` : undefined });

describe('the way of a test SMS', () => {
  it('goes from each SIM in its turn to the next one', () => {
    const ready = [sim(5), sim(0), sim(2)];
    let last: CanaryRoute | undefined;
    const ways: string[] = [];
    for (let turn = 0; turn < 4; turn++) {
      const route = chooseRoute(ready, last, false);
      if ('missing' in route) throw new Error(route.missing);
      ways.push(`${route.from} ${route.to} ${route.number}`);
      last = route;
    }
    should(ways).eql(['0 2 +49172', '2 5 +49175', '5 0 +49170', '0 2 +49172']);
  });

  it('is the same again after one that failed, as long as both SIMs are ready', () => {
    const last = { from: 0, to: 2 };
    should(chooseRoute([sim(0), sim(2), sim(5)], last, true)).eql({ from: 0, to: 2, number: '+49172' });
    should(chooseRoute([sim(2), sim(5)], last, true)).eql({ from: 2, to: 5, number: '+49175' });
    should(chooseRoute([sim(0), sim(5)], last, true)).eql({ from: 5, to: 0, number: '+49170' });
  });

  it('needs two SIMs, and the number of one that it can go to', () => {
    should(chooseRoute([], undefined, false)).eql({ missing: 'sims' });
    should(chooseRoute([sim(3)], undefined, false)).eql({ missing: 'sims' });
    should(chooseRoute([sim(0, false), sim(1, false)], undefined, false)).eql({ missing: 'numbers' });
    should(chooseRoute([sim(0, false), sim(1)], undefined, false)).eql({ from: 0, to: 1, number: '+49171' });
    should(chooseRoute([sim(0), sim(1, false)], { from: 0, to: 1 }, false)).eql({ from: 1, to: 0, number: '+49170' });
  });

  it('never goes to the SIM that sends, and lets each send that can, whatever is known', () =>
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(fc.nat(31), fc.boolean()), { selector: ([port]) => port }), (given) => {
        const ready = given.map(([port, isKnown]) => sim(port, isKnown));
        const known = given.filter(([, isKnown]) => isKnown).map(([port]) => port);
        const senders = new Set<number>();
        let last: CanaryRoute | undefined;
        for (let turn = 0; turn < ready.length; turn++) {
          const route = chooseRoute(ready, last, false);
          if ('missing' in route) {
            should(ready.length < 2 || known.length === 0).be.true();
            return;
          }
          should(route.from).not.equal(route.to);
          should(known).containEql(route.to);
          senders.add(route.from);
          last = route;
        }
        const able = ready.filter(({ port }) => known.some((one) => one !== port));
        if (ready.length >= 2) should(senders.size).equal(able.length);
      }),
    ));
});
