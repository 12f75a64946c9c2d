import should from 'should';
import type { Held, JobTally, Stage, Store } from '../../../../lib/store';
import { changeAll, idsOf, query, take, taking, waitingTexts } from './given';

const G1 = ['g1'];
const UNDER_WAY: Stage[] = ['submitting', 'doubt', 'gateway', 'sent', 'unknown'];

export function describeJobs(store: () => Store): void {
  const tally = async (job: string): Promise<JobTally | undefined> => (await store().jobTallies(G1, [job]))[0];

  describe('jobs', () => {
    it('are what inputs of one gateway belong to, by default each its own', async () => {
      await take(store(), 'a', [{}, {}], { job: 'campaign' });
      await take(store(), 'b', [{}]);
      await take(store(), 'c', [{}], { job: 'campaign', node: 'n2' });
      await take(store(), 'd', [{}], { job: 'campaign', gateway: 'g2' });
      should((await store().inputs(['a', 'b'])).map(({ job }) => job)).deepEqual(['campaign', undefined]);
      should(await store().jobNames(G1, { all: true }, 10)).deepEqual(['campaign', 'b']);
      should(await store().jobNames(G1, { all: true }, 1)).deepEqual(['campaign']);
      should(await store().jobNames(G1, { node: 'n2' }, 10)).deepEqual(['campaign']);
      should(await store().jobNames(G1, { job: 'b' }, 10)).deepEqual(['b']);
      should(await store().jobNames(G1, { job: 'nobody' }, 10)).deepEqual([]);
      should(await tally('campaign')).match({ gateway: 'g1', total: 3, waiting: 3, undone: 3 });
      should(await tally('nobody')).be.undefined();
    });

    it('count how far their SMS have come, whatever becomes of them', async () => {
      const [one, two, three, four] = await take(store(), 'a', [{}, {}, {}, {}], { job: 'j', until: 'sent' });
      const ids = [one, two, three, four].map((sms) => sms?.id ?? 0);
      await store().begin({ gateway: 'g1', at: 5, sms: ids.slice(0, 3) });
      should(await tally('j')).match({ total: 4, waiting: 1, accepted: 0, undone: 4 });
      const accepted = { status: 'ACCEPTED', at: 6, by: 'answer' } as const;
      await store().change(
        ids.slice(0, 3).map((id) => ({ id, stage: 'gateway', status: 'ACCEPTED', history: [accepted] })),
      );
      await store().change([
        { id: ids[0] ?? 0, stage: 'done', status: 'DELIVERED' },
        { id: ids[1] ?? 0, stage: 'done', status: 'UNDELIVERED' },
        { id: ids[2] ?? 0, stage: 'done', status: 'FAILED' },
        { id: ids[3] ?? 0, stage: 'done', status: 'WITHHELD' },
      ]);
      const counts = { total: 4, waiting: 0, accepted: 3, sent: 2, delivered: 1, reached: 2, failed: 2, withheld: 1 };
      should(await tally('j')).match({ ...counts, undone: 0 });
      should(await store().jobNames(G1, { all: true }, 10)).deepEqual([]);
      should(await store().jobNames(G1, { job: 'j' }, 10)).deepEqual(['j']);
    });

    it('keep what a pause holds from leaving, in front of others, and let it go on in its place', async () => {
      const [held] = await take(store(), 'a', [{ text: 'held' }, { text: 'held' }], { job: 'j' });
      await take(store(), 'b', [{ text: 'free' }]);
      should(await store().commandJobs(G1, { job: 'j' }, 'pause', 1)).deepEqual(['j']);
      should(await waitingTexts(store())).deepEqual(['free']);
      should(await store().begin({ gateway: 'g1', at: 5, sms: [held?.id ?? 0] })).deepEqual([]);
      should((await store().sms([held?.id ?? 0]))[0]).match({ paused: true, stage: 'waiting' });
      should(await tally('j')).match({ waiting: 2, paused: 2, isPaused: true });
      should(await store().waitingCounts(G1, 10)).deepEqual([{ gateway: 'g1', count: 3, held: 2 }]);
      const like = { batchKey: 'gsm-7bit|all|1', text: { text: 'held', template: false } };
      should(await store().waiting(query({ like }))).deepEqual([]);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 1);
      should(await waitingTexts(store())).deepEqual(['held', 'held', 'free']);
      should((await store().sms([held?.id ?? 0]))[0]).not.have.property('paused');
    });

    it('are commanded from their first SMS to their last one, and neither the one before nor the one after', async () => {
      const texts = (prefix: string, count: number) =>
        Array.from({ length: count }, (_, at) => ({ text: prefix + at }));
      await take(store(), 'before', texts('before', 2));
      await take(store(), 'a', texts('j', 3), { job: 'j', key: 'k' });
      // A duplicate has no SMS: it ends before it begins, where the next one begins.
      await store().take([taking('again', [{ text: 'no' }], { job: 'j', key: 'k' })]);
      await take(store(), 'between', texts('between', 1));
      await take(store(), 'b', texts('one', 1), { job: 'j' });
      await take(store(), 'after', texts('after', 2));
      const others = ['before0', 'before1', 'between0', 'after0', 'after1'];
      await store().commandJobs(G1, { job: 'j' }, 'pause', 1);
      should(await waitingTexts(store())).deepEqual(others);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 1);
      should(await waitingTexts(store())).deepEqual([
        'before0',
        'before1',
        'j0',
        'j1',
        'j2',
        'between0',
        'one0',
        'after0',
        'after1',
      ]);
      await store().commandJobs(G1, { job: 'j' }, 'stop', 1);
      should(await waitingTexts(store())).deepEqual(others);
      const stopped = await store().withdrawStopped(G1, { after: 0, limit: 100 }, 2);
      should(stopped.map(({ text }) => text)).deepEqual(['j0', 'j1', 'j2', 'one0']);
    });

    it('hold what was under way and comes back, and what comes later, until they are resumed', async () => {
      const [begun] = await take(store(), 'a', [{ text: 'back' }], { job: 'j' });
      await store().begin({ gateway: 'g1', at: 5, sms: [begun?.id ?? 0] });
      await store().commandJobs(G1, { job: 'j' }, 'pause', 1);
      await store().change(changeAll([{ id: begun?.id ?? 0 }], { stage: 'waiting' }));
      const [later] = await take(store(), 'b', [{ text: 'later', priority: 'high' }], { job: 'j', node: 'n2' });
      should(later).match({ paused: true });
      should(await waitingTexts(store())).deepEqual([]);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 1);
      should(await waitingTexts(store())).deepEqual(['later', 'back']);
    });

    it('are paused with their node, which then holds its new ones too, until either is resumed', async () => {
      await take(store(), 'a', [{ text: 'a' }]);
      await take(store(), 'other', [{ text: 'other' }], { node: 'n2' });
      should(await store().commandJobs(G1, { node: 'n1' }, 'pause', 1)).deepEqual(['a']);
      await take(store(), 'b', [{ text: 'b' }], { job: 'j' });
      should(await waitingTexts(store())).deepEqual(['other']);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 1);
      await take(store(), 'c', [{ text: 'c' }], { job: 'j' });
      await take(store(), 'd', [{ text: 'd' }]);
      should(await waitingTexts(store())).deepEqual(['other', 'b', 'c']);
      should(await store().commandJobs(G1, { node: 'n1' }, 'resume', 1)).deepEqual(['a', 'j', 'd']);
      await take(store(), 'e', [{ text: 'e' }], { job: 'a' });
      should(await waitingTexts(store())).deepEqual(['a', 'other', 'b', 'c', 'd', 'e']);
    });

    it('keep with each input when it was let go on, which those that weren’t paused have never been', async () => {
      await take(store(), 'a', [{}], { job: 'j' });
      await take(store(), 'b', [{}], { job: 'other' });
      await store().commandJobs(G1, { job: 'j' }, 'pause', 5);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 77);
      should((await store().inputs(['a', 'b'])).map(({ resumed_at }) => resumed_at)).deepEqual([77, undefined]);
    });

    it('go by the latest that was said of their name or of their node', async () => {
      const [over] = await take(store(), 'a', [{ text: 'a' }], { job: 'j' });
      await store().commandJobs(G1, { node: 'n1' }, 'pause', 0);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 0);
      await store().change([{ id: over?.id ?? 0, stage: 'done', status: 'DELIVERED' }]);
      await take(store(), 'b', [{ text: 'b' }], { job: 'j' });
      should(await waitingTexts(store())).deepEqual(['b']);
      await store().change(changeAll(await store().recipients('b'), { stage: 'done', status: 'DELIVERED' }));
      // Nothing of the name is left, and the node is paused once more.
      await store().commandJobs(G1, { node: 'n1' }, 'pause', 0);
      await take(store(), 'c', [{ text: 'c' }], { job: 'j' });
      await take(store(), 'd', [{ text: 'd' }], { job: 'j', node: 'n2' });
      should(await waitingTexts(store())).deepEqual(['d']);
      await store().change(changeAll(await store().recipients('d'), { stage: 'done', status: 'DELIVERED' }));
      await store().commandJobs(G1, { node: 'n1' }, 'resume', 0);
      should(await waitingTexts(store())).deepEqual(['c']);
    });

    it('that are stopped end what stands by of them, too, without a word', async () => {
      const turn = { of: 2, after: 100, wait: 0 };
      const [first, second] = await take(
        store(),
        'a',
        [{ turn: { ...turn, place: 0 } }, { turn: { ...turn, place: 1 }, poll_at: 100 }],
        { job: 'j' },
      );
      await store().change([{ id: first?.id ?? 0, stage: 'done', status: 'STOPPED' }]);
      await store().commandJobs(G1, { job: 'j' }, 'stop', 0);
      const [withdrawn, ...more] = await store().withdrawStopped(G1, { after: 0, limit: 9 }, 5);
      should(withdrawn).match({ id: second?.id, stage: 'done', status: 'QUEUED', history: [] });
      should(more).deepEqual([]);
      should(await store().withdrawStopped(G1, { after: 0, limit: 9 }, 5)).deepEqual([]);
    });

    it('never let go what was stopped, and withdraw what of it waits page by page, held or not', async () => {
      const held: Held = { by: 'schedule', until: 500, text: 'soon' };
      const stored = await take(store(), 'a', [{}, {}, { due_at: 500, held }], { job: 'j' });
      await store().commandJobs(G1, { job: 'j' }, 'pause', 1);
      await store().commandJobs(G1, { job: 'j' }, 'stop', 1);
      await store().commandJobs(G1, { job: 'j' }, 'resume', 1);
      should(await waitingTexts(store())).deepEqual([]);
      await take(store(), 'other', [{ text: 'another job' }]);
      const page = (after: number) => store().withdrawStopped(G1, { after, limit: 2 }, 7);
      const [one = 0, two = 0, three = 0] = idsOf(stored);
      const history = [{ status: 'STOPPED', at: 7, by: 'node' }];
      const ended = { stage: 'done', status: 'STOPPED', due_at: 0, history } as const;
      should(await page(0)).match([
        { id: one, ...ended },
        { id: two, ...ended },
      ]);
      const [last] = await page(two);
      should(last)
        .match({ id: three, ...ended })
        .and.not.have.property('held');
      should(await page(0)).deepEqual([]);
      should(await store().sms([three])).deepEqual([last]);
      should(await tally('j')).match({ waiting: 0, stopped: 3, failed: 3, undone: 0 });
      should(await waitingTexts(store())).deepEqual(['another job']);
      await store().change(changeAll(await store().recipients('other'), { stage: 'done', status: 'DELIVERED' }));
      await take(store(), 'b', [{ text: 'later' }], { job: 'j' });
      should(await waitingTexts(store())).deepEqual(['later']);
    });

    it('are found by stages page by page over many inputs, and expire when the first of theirs does', async () => {
      const first = await take(store(), 'a', [{ expires_at: 700 }, {}], { job: 'j' });
      await take(store(), 'x', [{ expires_at: 100 }]);
      const second = await take(store(), 'b', [{ expires_at: 500 }], { job: 'j' });
      const [one = 0, two = 0, three = 0] = idsOf([...first, ...second]);
      const page = async (after: number, stages: Stage[] = ['waiting']) =>
        idsOf(await store().find(G1, { job: 'j', stages, after, limit: 2 }));
      should(await page(0)).deepEqual([one, two]);
      should(await page(two)).deepEqual([three]);
      should(await store().firstExpiry(G1, ['j'])).equal(500);
      await store().change([{ id: three, stage: 'sent' }]);
      should(await page(0, UNDER_WAY)).deepEqual([three]);
      should(await store().firstExpiry(G1, ['j'])).equal(700);
      should(await store().firstExpiry(G1, ['nobody'])).be.undefined();
    });

    it('are listed to be seen, those that wait first, the newest first: what has a name or several recipients', async () => {
      const done = await take(store(), 'over', [{}, {}], { taken_at: 1 });
      await take(store(), 'alarm', [{}], { taken_at: 2 });
      await take(store(), 'list', [{}, {}], { taken_at: 3, node: 'n2' });
      await take(store(), 'a', [{}], { job: 'campaign', taken_at: 4 });
      await take(store(), 'b', [{}], { job: 'campaign', taken_at: 5 });
      await take(store(), 'elsewhere', [{}, {}], { gateway: 'g2' });
      await store().change(changeAll(done, { stage: 'done', status: 'STOPPED' }));
      const of = { gateway: 'g1', node: 'n1', waits: true };
      const campaign = { ...of, job: 'campaign', isNamed: true, taken_at: 5 };
      const list = { ...of, job: 'list', isNamed: false, taken_at: 3, node: 'n2' };
      const over = { ...of, job: 'over', isNamed: false, taken_at: 1, waits: false };
      should(await store().listJobs('g1', 10)).deepEqual({ jobs: [campaign, list, over], waiting: 2 });
      should(await store().listJobs('g1', 1)).deepEqual({ jobs: [campaign], waiting: 2 });
      should(await store().listJobs('nowhere', 9)).deepEqual({ jobs: [], waiting: 0 });
      should(await tally('over')).match({ total: 2, stopped: 2, failed: 2, undone: 0 });
    });

    it('are not listed for one recipient with several numbers, nor for a duplicate, which has no SMS', async () => {
      const turn = (place: number) => ({ place, of: 3, after: 100, wait: 300 });
      await take(store(), 'alarm', [{ turn: turn(0) }, { turn: turn(1) }, { turn: turn(2) }]);
      await take(store(), 'a', [{}], { key: 'k' });
      await store().take([taking('b', [{}], { key: 'k', job: 'campaign' })]);
      should(await store().listJobs('g1', 10)).deepEqual({ jobs: [], waiting: 0 });
    });

    it('are counted by what holds their SMS: rules with the first moment, and commands', async () => {
      const late: Held = { by: 'schedule', until: 900, text: 'late' };
      const soon: Held = { by: 'schedule', until: 500, text: 'soon' };
      await take(store(), 'a', [
        { due_at: 900, held: late },
        { due_at: 500, held: soon },
        { due_at: 9, held: { by: 'sim-limit', until: null, text: 'used up' } },
        {},
      ]);
      await take(store(), 'b', [{}, { due_at: 500, held: soon }], { job: 'j' });
      await store().commandJobs(G1, { job: 'j' }, 'pause', 1);
      const counts = await store().heldCounts('g1', 10);
      should(counts.sort((one, other) => other.by.localeCompare(one.by))).deepEqual([
        { by: 'sim-limit', count: 1, until: null, text: 'used up' },
        { by: 'schedule', count: 2, until: 500, text: null },
        { by: 'pause', count: 2, until: null, text: null },
      ]);
      should(await store().heldCounts('g1', 1)).deepEqual([{ by: 'schedule', count: 1, until: 900, text: 'late' }]);
    });

    it('are forgotten with their inputs, but the pause of a name that may come again', async () => {
      const given = await Promise.all(
        ['a', 'b'].map(async (id) => (await store().take([taking(id, [{}], id === 'a' ? { job: 'j' } : {})]))[0]),
      );
      await store().commandJobs(G1, { node: 'n1' }, 'pause', 1);
      await store().commandJobs(G1, { node: 'n1' }, 'resume', 1);
      await store().commandJobs(G1, { all: true }, 'pause', 1);
      const sms = given.flatMap((taken) => (taken?.taken ? taken.sms : []));
      await store().change(changeAll(sms, { stage: 'done', status: 'EXPIRED' }));
      await store().closeInputs(['a', 'b'], 10);
      should(await store().prune(20, 10)).equal(2);
      should(await store().jobTallies(G1, ['j', 'b'])).deepEqual([]);
      await take(store(), 'c', [{ text: 'c' }], { job: 'j' });
      await take(store(), 'd', [{ text: 'd' }], { job: 'b' });
      should(await waitingTexts(store())).deepEqual(['d']);
    });
  });
}
