import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresLeases, PostgresOutbox, PostgresStore } from '../../../../lib/store';
import { describePostgres, sharedPostgres } from '../../../support/postgres';
import { newSms, taking } from '../conformance/given';

let schemas = 0;

/** Machines with a store each, in one schema. */
async function machines(count: number) {
  const connection = await (await sharedPostgres()).url();
  const schema = `machines${++schemas}`;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const id = randomUUID();
      const store = new PostgresStore({ connection, schema, clock: systemClock, random: Math.random });
      await store.open();
      const leases = new PostgresLeases(store);
      const beat = () => leases.beat({ id, name: 'Halle "3"\0', lease: 15_000, facts: '{"a":1}', renewFor: 300 });
      return { id, store, leases, outbox: new PostgresOutbox(store), beat };
    }),
  );
}

describePostgres(() => {
  describe('leases in PostgreSQL', () => {
    it('go to one of eight machines that ask at once, under a number that rises with each holder', async () => {
      const all = await machines(8);
      for (let epoch = 1; epoch < 4; epoch++) {
        const answers = await Promise.all(all.map(({ leases, id }) => leases.acquire(id, ['b', 'a'], 300)));
        const [got, ...others] = answers.filter((one) => one.length > 0);
        should(others).eql([]);
        should(got?.map((one) => one.epoch)).eql([epoch, epoch]);
        should(got?.[0]?.left).be.within(1, 300);
        await setTimeout(310);
      }
      for (const { store } of all) await store.close();
    });

    it('are taken together or not at all', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      await one.leases.acquire(one.id, ['b'], 60_000);
      should(await other.leases.acquire(other.id, ['a', 'b', 'c'], 60_000)).eql([]);
      should(await one.leases.acquire(one.id, ['a', 'c'], 60_000)).have.length(2);
      for (const { store } of [one, other]) await store.close();
    });

    it('are renewed with a heartbeat as long as they haven’t ended, which shows who lives, and who has what', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      await one.leases.acquire(one.id, ['a'], 200);
      await one.beat();
      const seen = await other.beat();
      should(Math.abs(seen.now - Date.now())).be.below(5000);
      should(seen.machines.map(({ id, name, facts, lease }) => ({ id, name, facts, lease }))).eql([
        { id: one.id, name: 'Halle "3"\0', facts: '{"a":1}', lease: 15_000 },
        { id: other.id, name: 'Halle "3"\0', facts: '{"a":1}', lease: 15_000 },
      ]);
      should(seen.leases).match([{ gateway: 'a', machine: one.id, epoch: 1 }]);
      should(seen.leases[0]?.left).be.within(200 - 100, 300);
      await setTimeout(320);
      should((await one.beat()).leases[0]?.left).be.belowOrEqual(0);
      for (const { store } of [one, other]) await store.close();
    });

    it('are free at once where they are given back, or their machine leaves', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      await one.leases.acquire(one.id, ['a', 'b'], 60_000);
      await other.leases.release(other.id, ['a']);
      should(await other.leases.acquire(other.id, ['a'], 60_000)).eql([]);
      await one.leases.release(one.id, ['a']);
      should(await other.leases.acquire(other.id, ['a'], 60_000)).match([{ epoch: 2 }]);
      await one.beat();
      await one.leases.leave(one.id);
      should((await other.beat()).machines.map(({ id }) => id)).eql([other.id]);
      should(await other.leases.acquire(other.id, ['b'], 60_000)).match([{ epoch: 2 }]);
      for (const { store } of [one, other]) await store.close();
    });

    it('fence what a former holder writes, and make the next one wait for what it is writing', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      const [first] = await one.leases.acquire(one.id, ['g1'], 100);
      one.store.fence('g1', first?.epoch ?? 0);
      const [taken] = await one.store.take([taking('a', [newSms({ user_id: 1 }), newSms({ user_id: 2 })])]);
      const [sms, late] = taken?.taken ? taken.sms : [];
      const begun = await one.store.begin({ gateway: 'g1', at: 1, sms: [sms?.id ?? 0] });
      should(begun).have.length(1);
      await setTimeout(110);
      // Nobody has taken it yet: what the former holder writes harms nobody.
      await other.leases.acquire(other.id, ['g1'], 60_000);
      await should(one.store.begin({ gateway: 'g1', at: 2, sms: [late?.id ?? 0] })).rejectedWith({ name: 'LeaseLost' });
      await should(one.store.change([{ id: sms?.id ?? 0, stage: 'done' }])).rejectedWith({ name: 'LeaseLost' });
      should((await other.store.sms([sms?.id ?? 0]))[0]?.stage).equal('submitting');
      for (const { store } of [one, other]) await store.close();
    });

    it('let open inputs of a machine that is gone, and only those, be told elsewhere', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      const given = taking('a', [newSms()], { machine: one.id });
      await one.store.take([given]);
      await one.beat();
      await other.beat();
      should(await other.leases.adopt(other.id, ['g1'], 60_000)).equal(0);
      await one.leases.leave(one.id);
      should(await other.leases.adopt(other.id, ['g2'], 60_000)).equal(0);
      should(await other.leases.adopt(other.id, ['g1'], 60_000)).equal(1);
      should((await other.store.inputs([given.input.id]))[0]?.machine).equal(other.id);
      for (const { store } of [one, other]) await store.close();
    });
  });

  describe('an outbox in PostgreSQL', () => {
    it('keeps what is written to a machine, or to whoever holds a gateway, until it is done', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      await one.outbox.write([
        { to: { machine: other.id }, body: '{"text":"\\u0000 \\ud800"}' },
        { to: { gateway: 'g1' }, body: '1' },
        { to: { machine: one.id }, body: '2' },
      ]);
      const bodies = async (gateways: string[]) =>
        (await other.outbox.read(other.id, gateways, 10)).map(({ body }) => body);
      should(await bodies([])).eql(['{"text":"\\u0000 \\ud800"}']);
      should(await bodies(['g1'])).eql(['{"text":"\\u0000 \\ud800"}', '1']);
      const [letter] = await other.outbox.read(other.id, [], 10);
      await other.outbox.done([letter?.id ?? 0, 999_999]);
      should(await bodies(['g1'])).eql(['1']);
      for (const { store } of [one, other]) await store.close();
    });
  });
});
