import { randomUUID } from 'node:crypto';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresLeases, PostgresOutbox, PostgresStore } from '../../../../lib/store/postgres';
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
      const beat = () => leases.beat({ id, name: 'Halle "3"\0', lease: 15_000, facts: '{"a":1}', renewFor: 60_000 });
      return { id, store, leases, outbox: new PostgresOutbox(store), beat };
    }),
  );
}

describePostgres(() => {
  describe('leases in PostgreSQL', () => {
    it('go to one of eight machines that ask at once, under a number that rises with each holder', async () => {
      const all = await machines(8);
      for (let epoch = 1; epoch < 4; epoch++) {
        const answers = await Promise.all(all.map(({ leases, id }) => leases.acquire(id, ['b', 'a'], 60_000)));
        const [got, ...others] = answers.filter((one) => one.length > 0);
        should(others).eql([]);
        should(got?.map((one) => one.epoch)).eql([epoch, epoch]);
        should(got?.[0]?.left).be.within(1, 60_000);
        const holder = all.find(({ id }) => id === got?.[0]?.machine);
        await holder?.leases.release(holder.id, ['a', 'b']);
      }
      const [one, other] = all;
      if (!one || !other) return;
      await one.leases.acquire(one.id, ['b', 'a'], 1);
      // It ends in a moment, by the server's clock.
      let next = await other.leases.acquire(other.id, ['a', 'b'], 60_000);
      while (next.length === 0) next = await other.leases.acquire(other.id, ['a', 'b'], 60_000);
      should(next.map(({ epoch }) => epoch)).eql([5, 5]);
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
      await one.leases.acquire(one.id, ['a'], 30_000);
      await one.leases.acquire(one.id, ['ended'], 1);
      const isOver = async () =>
        ((await other.beat()).leases.find(({ gateway }) => gateway === 'ended')?.left ?? 1) <= 0;
      while (!(await isOver()));
      await one.beat();
      const seen = await other.beat();
      should(Math.abs(seen.now - Date.now())).be.below(5000);
      should(seen.machines.map(({ id, name, facts, lease }) => ({ id, name, facts, lease }))).eql([
        { id: one.id, name: 'Halle "3"\0', facts: '{"a":1}', lease: 15_000 },
        { id: other.id, name: 'Halle "3"\0', facts: '{"a":1}', lease: 15_000 },
      ]);
      const [renewed, ended] = seen.leases;
      should(renewed).match({ gateway: 'a', machine: one.id, epoch: 1 });
      should(renewed?.left).be.within(30_001, 60_000);
      should(ended).match({ gateway: 'ended', machine: one.id, epoch: 1 });
      should(ended?.left).be.belowOrEqual(0);
      for (const { store } of [one, other]) await store.close();
    });

    it('are told of as before though what another machine has written of itself is garbled', async () => {
      const [one, other] = await machines(2);
      if (!one || !other) return;
      await one.beat();
      const garble = (sql: string, id: string): Promise<void> =>
        one.store.run(async (tx) => tx.tell(sql, id), 'written');
      await garble("UPDATE %.machine SET name = 'not JSON', facts = '5', lease = 0 WHERE id = $1", one.id);
      await one.outbox.write([{ to: { machine: other.id }, body: '{}' }]);
      await garble("UPDATE %.outbox SET body = '{' WHERE machine = $1", other.id);
      const seen = (await other.beat()).machines.find(({ id }) => id === one.id);
      should(seen).match({ name: one.id, facts: '', lease: 0 });
      should((await other.outbox.read(other.id, [], 10)).map(({ body }) => body)).eql(['']);
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
      const [first] = await one.leases.acquire(one.id, ['g1'], 1);
      one.store.fence('g1', first?.epoch ?? 0);
      const [taken] = await one.store.take([taking('a', [newSms({ user_id: 1 }), newSms({ user_id: 2 })])]);
      const [sms, late] = taken?.taken ? taken.sms : [];
      const begun = await one.store.begin({ gateway: 'g1', at: 1, sms: [sms?.id ?? 0] });
      should(begun).have.length(1);
      // Nobody has taken it yet: what the former holder writes harms nobody.
      while ((await other.leases.acquire(other.id, ['g1'], 60_000)).length === 0);
      await should(one.store.begin({ gateway: 'g1', at: 2, sms: [late?.id ?? 0] })).rejectedWith({ name: 'LeaseLost' });
      await should(one.store.change([{ id: sms?.id ?? 0, stage: 'done' }])).rejectedWith({ name: 'LeaseLost' });
      should((await other.store.sms([sms?.id ?? 0]))[0]?.stage).equal('submitting');
      // Notes and counters say whose they are written for.
      const note = new Map([['sms seen g1 n x', '17']]);
      await other.store.putNotes(note);
      const charge = { card: 'c', counter: 'sms', period: 0, until: 1e15, amount: 1 };
      const lost = [
        one.store.putNotes(new Map([['sms seen g1 n x', '16']]), ['g1']),
        one.store.forgetNotes(['sms seen g1 n x'], ['g1']),
        one.store.changeUsage({ at: 1, use: [charge] }, ['g1']),
      ];
      for (const writing of lost) await should(writing).rejectedWith({ name: 'LeaseLost' });
      should(await one.store.notes(['sms seen g1 n x'])).eql(note);
      await one.store.putNotes(new Map([['of another', '1']]), ['g2']);
      one.store.unfence('g1');
      await one.store.putNotes(new Map([['sms seen g1 n x', '18']]), ['g1']);
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
