import should from 'should';
import { systemClock } from '../../../../lib/clock';
import type { Stage } from '../../../../lib/store';
import { PostgresStore } from '../../../../lib/store/postgres';
import { LeaseLost } from '../../../../lib/store/postgres/failures';
import { describePostgres, sharedPostgres } from '../../../support/postgres';
import { take, taking } from '../conformance/given';

let schemas = 0;

describePostgres(() => {
  describe('SMS in PostgreSQL that two stores change in turn', function () {
    this.timeout(60_000);
    let one: PostgresStore;
    let other: PostgresStore;
    let inputs = 0;
    beforeEach(async () => {
      const connection = await (await sharedPostgres()).url();
      const schema = `known${++schemas}`;
      const open = async (): Promise<PostgresStore> => {
        const store = new PostgresStore({ connection, schema, clock: systemClock, random: Math.random });
        await store.open();
        return store;
      };
      one = await open();
      other = await open();
    });
    afterEach(async () => {
      await one.close();
      await other.close();
    });
    const given = async (count: number, gateway = 'g1'): Promise<number[]> =>
      (
        await take(
          one,
          `input ${++inputs}`,
          Array.from({ length: count }, () => ({})),
          { gateway },
        )
      ).map(({ id }) => id);
    const stagesBy = async (store: PostgresStore, ids: number[]): Promise<Stage[]> =>
      (await store.sms(ids)).map(({ stage }) => stage);

    it('are taken once, with whatever of one key both take at one time', async () => {
      for (let round = 0; round < 20; round++) {
        const key = `k${round}`;
        const answers = await Promise.all(
          [one, other].map((store, at) => store.take([taking(`${key} ${at}`, [{}], { key })])),
        );
        const duplicates = answers.flat().filter((taken) => 'duplicate_of' in taken);
        should(duplicates).have.length(1);
      }
    });

    it('are changed from what the other has made of them, not from what was known', async () => {
      const ids = await given(3);
      const [first = 0, second = 0, third = 0] = ids;
      await one.begin({ gateway: 'g1', at: 1, sms: ids });
      await other.change([{ id: second, stage: 'gateway', status: 'ACCEPTED', task_id: 7, port: 5 }]);
      const changed = await one.change([
        { id: third, stage: 'gateway', status: 'ACCEPTED' },
        { id: second, status: 'SENT_OK' },
        { id: first, stage: 'gateway', status: 'ACCEPTED' },
        { id: second, polls: 3 },
      ]);
      should(changed.map(({ id }) => id)).eql([third, second, first, second]);
      should(changed[3]).match({ stage: 'gateway', status: 'SENT_OK', task_id: 7, port: 5, polls: 3 });
      for (const store of [one, other]) {
        should(await store.sms([second])).match([
          { stage: 'gateway', status: 'SENT_OK', task_id: 7, port: 5, polls: 3 },
        ]);
      }
    });

    it('are left as they are where a stage was asked for in which they no longer are, and changed where they have come into it', async () => {
      const ids = await given(2);
      const [first = 0, second = 0] = ids;
      await one.begin({ gateway: 'g1', at: 1, sms: ids });
      await other.change([{ id: first, stage: 'done', status: 'DELIVERED' }]);
      should(
        await one.change(
          ids.map((id) => ({ id, stage: 'doubt' as const })),
          ['submitting'],
        ),
      ).match([{ id: second }]);
      should(await stagesBy(other, ids)).eql(['done', 'doubt']);
      await other.change([{ id: second, stage: 'gateway' }]);
      should(await one.change([{ id: second, stage: 'sent' }], ['gateway'])).match([{ stage: 'sent' }]);
      should(await one.jobTallies(['g1'], [`input ${inputs}`])).match([{ delivered: 1 }]);
    });

    it('count for their recipient, who has several numbers, also where what was known of one was outdated', async () => {
      const turns = [0, 1].map((place) => ({ turn: { place, of: 2, after: 100, wait: 0 } }));
      const taken = await take(one, `input ${++inputs}`, turns, { gateway: 'g1', until: 'sent' });
      const [first = 0, second = 0] = taken.map(({ id }) => id);
      await one.sms([first, second]);
      await other.change([{ id: first, stage: 'done', status: 'FAILED' }]);
      await other.change([{ id: second, stage: 'gateway', status: 'ACCEPTED' }]);
      should(await one.change([{ id: second, stage: 'sent', status: 'SENT_OK' }], ['gateway'])).have.length(1);
      should(await one.jobTallies(['g1'], [`input ${inputs}`])).match([{ total: 1, sent: 1, reached: 1, failed: 0 }]);
    });

    it('are begun by one of them, which counts what it has begun, and no longer what it takes back', async () => {
      const ids = await given(4);
      const begun = await Promise.all(
        [one, other].map((store) => store.begin({ gateway: 'g1', at: 5, sms: ids, task_id: 1 })),
      );
      should(begun.map(({ length }) => length).sort()).eql([0, 4]);
      should(await other.submittedSince(['g1'], 0)).eql({ count: 4, oldest: 5 });
      const [first = 0, second = 0, ...rest] = ids;
      await Promise.all([
        one.change([{ id: first, stage: 'waiting' }], ['submitting']),
        other.change([{ id: second, stage: 'waiting' }], ['submitting']),
      ]);
      should(await one.submittedSince(['g1'], 0)).eql({ count: 2, oldest: 5 });
      await Promise.all(
        rest.map((id, place) => [one, other][place % 2]?.change([{ id, stage: 'waiting' }], ['submitting'])),
      );
      for (const store of [one, other]) {
        should(await store.submittedSince(['g1'], 0)).eql({ count: 0 });
        should(await store.submissions(['g1'])).eql([]);
      }
      const kept = await one.run((tx) => tx.ask('SELECT count(*)::int AS count FROM %.requests'));
      should(kept).eql([{ count: 0 }]);
    });

    it('don’t leave where the other has paused them, and leave again when it lets them', async () => {
      const ids = await given(2);
      await other.commandJobs(['g1'], { job: `input ${inputs}` }, 'pause', 10);
      should(await one.begin({ gateway: 'g1', at: 1, sms: ids })).eql([]);
      should(await one.change(ids.map((id) => ({ id, due_at: 99 })))).match([{ paused: true }, { paused: true }]);
      await other.change(ids.map((id) => ({ id, due_at: 0 })));
      await other.commandJobs(['g1'], { job: `input ${inputs}` }, 'resume', 20);
      const begun = await one.begin({ gateway: 'g1', at: 1, sms: ids });
      should(begun.map((sms) => [sms.stage, sms.paused, sms.due_at])).eql([
        ['submitting', undefined, 0],
        ['submitting', undefined, 0],
      ]);
    });

    it('are changed all or none where one of their leases is gone, whether they are known or not', async () => {
      const [mine = 0] = await given(1, 'mine');
      const [theirs = 0] = await take(other, 'theirs', [{}], { gateway: 'theirs' }).then((all) =>
        all.map(({ id }) => id),
      );
      one.fence('theirs', 1);
      for (const ids of [
        [mine, theirs],
        [theirs, mine],
      ]) {
        const changed = one.change(ids.map((id) => ({ id, stage: 'done', status: 'DELIVERED' })));
        await should(changed).be.rejectedWith(LeaseLost);
        should(await stagesBy(other, ids)).eql(['waiting', 'waiting']);
      }
      should(await one.jobTallies(['mine'], ['input 1', `input ${inputs}`])).match([{ delivered: 0 }]);
    });

    it('are what they were where a call that was done with others fails: what it had noted counts no more', async () => {
      const ids = await given(3);
      await one.begin({ gateway: 'g1', at: 1, sms: ids });
      const [first = 0, second = 0, third = 0] = ids;
      const [good, bad] = await Promise.allSettled([
        one.change([{ id: first, stage: 'gateway', status: 'ACCEPTED' }]),
        // PostgreSQL takes no NUL.
        one.change([{ id: second, stage: '\0' as Stage }]),
      ]);
      should([good?.status, bad?.status]).eql(['fulfilled', 'rejected']);
      should(await one.change(ids.map((id) => ({ id, polls: 1 })))).match([
        { stage: 'gateway', polls: 1 },
        { stage: 'submitting', polls: 1 },
        { id: third, stage: 'submitting', polls: 1 },
      ]);
      should(await stagesBy(other, ids)).eql(['gateway', 'submitting', 'submitting']);
    });
  });
});
