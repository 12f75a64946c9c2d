import should from 'should';
import type { DriverKind } from '../../../../lib/store';
import type { SqliteStore } from '../../../../lib/store/sqlite';
import { changeAll, idsOf, query, take, taking } from '../conformance/given';
import { drivers, newFile, opened } from './drivers';
import { Spy } from './Spy';

const G = ['g1', 'g2'];
const TEXT = { text: 'Hello', template: false };
const LIKE = { batchKey: 'gsm-7bit|all|1' };
const CHARGE = { card: 'a', counter: 'sticky', period: 0, until: 9, sliding: true as const, amount: 1 };
const SIM = {
  port: 1,
  card: 'a',
  charges: [
    { ...CHARGE, recipient: 'x' },
    { ...CHARGE, counter: 'sms/hour/sliding' },
  ],
};

/** What is asked and changed in daily work, however much is stored. */
const DAILY: Record<string, (store: SqliteStore) => Promise<unknown>> = {
  take: (store) => store.take([taking('new', [{ user_id: 1 }], { key: 'k' })]),
  'the head of the queue': (store) => store.waiting(query({ gateways: G, limit: 1, closedPortSets: new Set(['3']) })),
  'a batch key': (store) => store.waiting(query({ gateways: G, like: LIKE })),
  'a text': (store) => store.waiting(query({ gateways: G, like: { ...LIKE, text: TEXT } })),
  'an input': (store) => store.waiting(query({ gateways: G, like: { ...LIKE, text: TEXT, input: 'a' } })),
  begin: (store) => store.begin({ gateway: 'g1', at: 1, sms: [1] }),
  'begin by SIMs': (store) => store.begin({ gateway: 'g1', at: 1, sms: [1, 2], sims: { 1: SIM, 2: SIM } }),
  change: (store) => store.change([{ id: 1, stage: 'gateway' }]),
  usage: (store) =>
    store.usage(
      [
        { card: 'a', counter: 'sms/day', period: 1 },
        { card: 'a', counter: 'sticky' },
      ],
      ['x'],
      1,
    ),
  sms: (store) => store.sms([1, 2]),
  byUserId: (store) => store.find(G, { user_ids: [1, 2] }),
  byTail: (store) => store.find(G, { tail: '1234567', stages: ['sent', 'gateway'] }),
  byReference: (store) => store.find(G, { port: 1, ref_id: 10 }),
  inStage: (store) => store.find(G, { stage: 'submitting', after: 0, limit: 10 }),
  due: (store) => store.due(G, 1, 10),
  nextDue: (store) => store.nextDue(G),
  expired: (store) => store.expired(G, 1, 10),
  heldDue: (store) => store.heldDue(G, 1, 10),
  standbyDue: (store) => store.standbyDue(G, 1, 10),
  prolong: (store) => store.prolong(['a'], 9),
  collecting: (store) => store.find(G, { collect: 'a', waiting: true, after: 0, limit: 10 }),
  'the last collected': (store) => store.find(G, { collect: 'a', last: true }),
  held: (store) => store.find(G, { held: true, after: 0, limit: 10 }),
  waitingCounts: (store) => store.waitingCounts(G, 10),
  listJobs: (store) => store.listJobs('g1', 10),
  heldCounts: (store) => store.heldCounts('g1', 10),
  portSetCounts: (store) => store.portSetCounts(G),
  submissions: (store) => store.submissions(G),
  submittedSince: (store) => store.submittedSince(G, 1),
  begunTo: (store) => store.begunTo(G, ['1234567', '2'], 1, 2),
  inputs: (store) => store.inputs(['a']),
  recipients: (store) => store.recipients('a'),
  inputsDue: (store) => store.inputsDue(G, 1, 10),
  outcomes: (store) => store.outcomes(['a', 'b']),
  openInputs: (store) => store.openInputs(G, '', 10),
  closeInputs: (store) => store.closeInputs(['a'], 1),
  prune: (store) => store.prune(10, 10),
  notes: (store) => store.notes(['a']),
};

for (const driver of drivers) {
  describe(`questions to a store, by ${driver.name}`, () => {
    for (const [name, ask] of Object.entries(DAILY)) {
      it(`find what they ask for without going through everything or being prepared anew: ${name}`, async () => {
        const spy = new Spy(driver);
        const store = await opened(spy);
        await take(store, 'a', [{}, {}]);
        spy.said.length = 0;
        await ask(store);
        // SQLite 3.49 and later prepare what has one anew with each value.
        should(spy.said.filter((sql) => sql.includes('LIMIT ?'))).deepEqual([]);
        const plans = spy.said.filter((sql) => !/^(BEGIN|COMMIT|SAVEPOINT|RELEASE)/.test(sql)).flatMap(planOf(spy));
        should(plans).not.be.empty();
        // Through all waiting, all inputs, or sorting what an index could give in order.
        const slow = plans.filter((step) =>
          /SCAN (sms|inputs|messages|notes|usage|usage_recipients)\b|USE TEMP B-TREE FOR ORDER BY/.test(step),
        );
        should(slow.filter((step) => !isOfFew(step, plans))).deepEqual([]);
        await store.close();
      });
    }

    it('forget an input of thousands in steps, with others in between', () => forgetsInSteps(driver));

    it('keep every sync: the file is in WAL mode, FULL and locked', async () => {
      const spy = new Spy(driver);
      const store = await opened(spy);
      const told = (pragma: string) => Object.values(spy.driver?.prepare(`PRAGMA ${pragma}`).get() ?? {})[0];
      should(told('journal_mode')).equal('wal');
      should(told('synchronous')).equal(2);
      should(told('locking_mode')).equal('exclusive');
      await store.close();
    });
  });
}

const planOf =
  (spy: Spy) =>
  (sql: string): string[] =>
    (spy.driver?.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() ?? []).map(({ detail }) => String(detail));

/** What was asked for by its ids may be sorted. */
const isOfFew = (step: string, plans: string[]): boolean =>
  step.includes('ORDER BY') && plans.some((plan) => /sms_user_id|sms_tail/.test(plan));

async function forgetsInSteps(driver: DriverKind): Promise<void> {
  const spy = new Spy(driver);
  const store = await opened(spy, newFile());
  await take(store, 'other', [{}]);
  const stored = await take(store, 'big', new Array(1800).fill({}));
  await store.change(changeAll(stored, { stage: 'done' }));
  await store.closeInputs(['big'], 5);
  spy.said.length = 0;
  let between = 0;
  const pruning = store.prune(10, 10).finally(() => {
    between = -between;
  });
  while (between >= 0 && spy.count('COMMIT') < 20) {
    await store.putNotes(new Map([['k', 'v']]));
    if (between >= 0) between++;
  }
  should(await pruning).equal(1);
  should(-between).be.aboveOrEqual(3);
  should(idsOf(await store.sms(idsOf(stored)))).deepEqual([]);
  should(await store.recipients('other')).have.length(1);
  await store.close();
}
