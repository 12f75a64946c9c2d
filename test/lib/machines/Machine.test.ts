import fc from 'fast-check';
import should from 'should';
import { Machine } from '../../../lib/machines';
import { FakeClock } from '../../support/FakeClock';
import { Fleet, LEASE } from '../../support/machines/Fleet';

const GATEWAYS = [['a'], ['b'], ['c'], ['d']];

describe('a machine among others', () => {
  it('takes every gateway when it is alone, and renews them as long as it lives', async () => {
    const fleet = new Fleet();
    const { machine, told } = await fleet.start('one', GATEWAYS);
    await fleet.clock.advance(10 * LEASE);
    should(told).eql(['gained a', 'gained b', 'gained c', 'gained d']);
    should(machine.left('a')).be.above((LEASE * 3) / 5);
    should(fleet.leases.history.length).equal(4);
    await fleet.stop();
    should(fleet.clock.running).equal(0);
  });

  it('takes what a dead one held within two leases, under a new epoch', async () => {
    const fleet = new Fleet();
    const dead = await fleet.start('one', [['a']]);
    const other = await fleet.start('two', [['a']]);
    await fleet.clock.advance(LEASE);
    should(other.told).eql([]);
    dead.isCut = true;
    await fleet.clock.advance(2 * LEASE);
    should(other.told).eql(['gained a']);
    should(other.machine.epochOf('a')).equal(2);
    should(dead.told).eql(['gained a', 'away', 'lost a']);
    await fleet.stop();
  });

  it('takes within two leases also what a dead one had beyond what would be its own share', async () => {
    const fleet = new Fleet();
    await fleet.start('one', GATEWAYS);
    const dead = await fleet.start('two', GATEWAYS);
    await fleet.clock.advance(6 * LEASE);
    should(dead.machine.epochOf('d')).not.be.undefined();
    dead.isCut = true;
    await fleet.clock.advance(2 * LEASE);
    for (const [gateway = ''] of GATEWAYS) should(fleet.holdersOf(gateway).length).equal(1, gateway);
    await fleet.stop();
  });

  it('counts on the others’ counting on it for a lease and a half after it was heard, and again when it is', async () => {
    const fleet = new Fleet();
    const one = await fleet.start('one', [['a']]);
    await fleet.clock.advance(LEASE);
    one.isCut = true;
    await fleet.clock.advance(1.4 * LEASE);
    should(one.machine.isTrusted).be.true();
    await fleet.clock.advance(0.2 * LEASE);
    should(one.machine.isTrusted).be.false();
    one.isCut = false;
    await fleet.clock.advance(LEASE / 2);
    should(one.machine.isTrusted).be.true();
    await fleet.stop();
  });

  it('waits after a restart for its own former lease like any other', async () => {
    const fleet = new Fleet();
    const former = await fleet.start('one', [['a']]);
    former.isCut = true;
    const anew = await fleet.start('one', [['a']]);
    await fleet.clock.advance(LEASE / 2);
    should(anew.told).eql([]);
    await fleet.clock.advance(LEASE);
    should(anew.told).eql(['gained a']);
    await fleet.stop();
  });

  it('counts on no lease of another one that is none: heartbeats would have no pause', async () => {
    const fleet = new Fleet();
    const { machine } = await fleet.start('one', [['a']]);
    for (const lease of [0, -1, Number.NaN])
      await fleet.leases.seenBy().beat({ id: `garbled ${lease}`, name: '', lease, facts: '5', renewFor: LEASE });
    await fleet.clock.advance(LEASE);
    should(machine.living).have.length(4);
    should(machine.lease).equal(LEASE);
    should(machine.epochOf('a')).equal(1);
    await fleet.stop();
  });

  it('gives its leases back at its end, so that another need not wait', async () => {
    const fleet = new Fleet();
    const first = await fleet.start('one', [['a']]);
    const other = await fleet.start('two', [['a']]);
    await first.machine.stop();
    await fleet.clock.advance(LEASE / 4);
    should(other.told).eql(['gained a']);
    await fleet.stop();
  });

  it('counts on nothing after a pause longer than its lease, before any timer has told it', async () => {
    const fleet = new Fleet();
    const { machine } = await fleet.start('one', [['a']]);
    should(machine.left('a')).be.above(0);
    // No timer fires while a machine sleeps.
    fleet.clock.sleep(LEASE + 2000);
    should(machine.left('a')).be.belowOrEqual(0);
    should(machine.epochOf('a')).equal(undefined);
    await fleet.stop();
  });

  it('is not deceived by a wall clock that steps', async () => {
    const fleet = new Fleet();
    const { machine, told } = await fleet.start('one', [['a']]);
    for (const step of [3_600_000, -7_200_000]) {
      fleet.clock.step(step);
      await fleet.clock.advance(LEASE);
    }
    should(told).eql(['gained a']);
    should(machine.left('a')).be.above(0);
    await fleet.stop();
  });

  it('shares the gateways with another one that starts, one a lease, and only after what is on its way', async () => {
    const fleet = new Fleet();
    const first = await fleet.start('one', GATEWAYS);
    let finish = (): void => undefined;
    first.busy = new Promise((resolve) => {
      finish = resolve;
    });
    const second = await fleet.start('two', GATEWAYS);
    await fleet.clock.advance(1.5 * LEASE);
    should(first.told).eql([...GATEWAYS.map(([one]) => `gained ${one}`), 'back d']);
    should(second.told).eql([]);
    finish();
    await fleet.clock.advance(LEASE / 4);
    should(second.told).eql(['gained d']);
    await fleet.clock.advance(5 * LEASE);
    should(second.told).eql(['gained d', 'gained c']);
    should(fleet.holdersOf('a')).eql([first.machine.id]);
    await fleet.stop();
  });

  it('gives a gateway back after a lease at the latest, though something is on its way for ever', async () => {
    const fleet = new Fleet();
    const first = await fleet.start('one', [['a'], ['b']]);
    first.busy = new Promise(() => undefined);
    const second = await fleet.start('two', [['a'], ['b']]);
    await fleet.clock.advance(2.75 * LEASE);
    should(first.told).eql(['gained a', 'gained b', 'back b']);
    should(second.told).eql(['gained b']);
    await fleet.stop();
  });

  it('leaves the share of a machine without these gateways to nobody', async () => {
    const fleet = new Fleet();
    await fleet.start('looker-on', []);
    const { told } = await fleet.start('one', [['a'], ['b']]);
    should(told).eql(['gained a', 'gained b']);
    await fleet.stop();
  });

  it('takes config nodes with one address together or not at all', async () => {
    const fleet = new Fleet();
    const first = await fleet.start('one', [['b']]);
    const second = await fleet.start('two', [['a', 'b']]);
    await fleet.clock.advance(3 * LEASE);
    should(second.told).eql([]);
    await first.machine.stop();
    await fleet.clock.advance(LEASE);
    should(second.told).eql(['gained a']);
    await fleet.stop();
  });

  it('goes by the shortest lease that a machine wants', async () => {
    const fleet = new Fleet();
    const slow = await fleet.start('slow', [['a']], 60_000);
    const quick = await fleet.start('quick', [['a']], 10_000);
    await fleet.clock.advance(60_000);
    slow.isCut = true;
    await fleet.clock.advance(20_000);
    should(quick.told).eql(['gained a']);
    await fleet.stop();
  });

  it('has back what it was granted by an answer that got lost', async () => {
    const fleet = new Fleet();
    const table = fleet.leases.seenBy();
    let losses = 0;
    const told: string[] = [];
    const machine = new Machine({
      table: {
        ...table,
        acquire: async (...asked) => {
          const granted = await table.acquire(...asked);
          losses += 1;
          if (losses === 1) throw new Error('lost');
          return granted;
        },
      },
      clock: fleet.clock,
      id: 'one',
      name: 'one',
      lease: LEASE,
      getFacts: () => ({}),
      onGained: ([first]) => told.push(`gained ${first}`),
      onLost: () => undefined,
      onGiveBack: () => Promise.resolve(),
      onSeen: () => undefined,
      onError: () => undefined,
    });
    machine.want([['a']]);
    await machine.start();
    await fleet.clock.advance(LEASE);
    should(told).eql(['gained a']);
    should(losses).equal(1);
    should(machine.epochOf('a')).equal(1);
    await machine.stop();
  });

  it('is never one of two that count on the same gateway, whatever is cut, paused, ended or started', async () => {
    const step = fc.record({
      who: fc.nat(7),
      what: fc.constantFrom('cut', 'heal', 'end', 'start', 'none'),
      ms: fc.integer({ min: 1, max: 2 * LEASE }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const fleet = new Fleet();
        for (const { who, what, ms } of steps) {
          const member = fleet.members[who % Math.max(1, fleet.members.length)];
          if (what === 'start' && fleet.members.length < 8) await fleet.start(`m${who}`, GATEWAYS);
          else if (what === 'end') await member?.machine.stop();
          else if (member && what !== 'none') member.isCut = what === 'cut';
          for (let passed = 0; passed < ms; passed += 500) {
            await fleet.clock.advance(500);
            for (const [gateway = ''] of GATEWAYS) should(fleet.holdersOf(gateway).length).be.belowOrEqual(1);
          }
        }
        const living = fleet.members.filter((one) => !one.isCut && one.machine.isTrusted);
        await fleet.clock.advance(2 * LEASE);
        if (living.length > 0) for (const [gateway = ''] of GATEWAYS) should(fleet.holdersOf(gateway).length).equal(1);
        await fleet.stop();
      }),
      { numRuns: 100 },
    );
  });
});

describe('the time that a machine counts', () => {
  it('is never less than what its monotonic clock shows', () => {
    const clock = new FakeClock();
    should(clock.uptime()).equal(clock.monotonic());
  });
});
