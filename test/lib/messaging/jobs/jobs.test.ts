import { setImmediate } from 'node:timers/promises';
import should from 'should';
import type { StoredSms } from '../../../../lib/store';
import { storedSms } from '../given';
import { JobsScene } from './JobsScene';

const WAITS = {};
const inGateway = (task_id: number): Partial<StoredSms> => ({ stage: 'gateway', status: 'ACCEPTED', task_id });

describe('jobs', () => {
  let scene: JobsScene;
  beforeEach(async () => {
    scene = await JobsScene.open();
  });

  it('hold in the store first what a pause holds, and then take back what was begun; nothing is withdrawn', async () => {
    await scene.take({ '1': WAITS }, { job: 'j' });
    should(await scene.jobs.command(['g1'], { job: 'j' }, 'pause')).match({ waiting: 1, held: 1, stopped: 0 });
    should(scene.calls).eql(['store: pause', 'line 1: recall']);
  });

  it('go on with what is urgent first, and take nothing back', async () => {
    await scene.take({ '1': WAITS }, { job: 'j' });
    await scene.jobs.command(['g1'], { job: 'j' }, 'resume');
    should(scene.calls).eql(['store: resume', 'line 1: wake high', 'line 1: wake normal']);
  });

  it('are stopped in the store, then what was begun comes back, then all of it is withdrawn', async () => {
    const sms = await scene.take({ '1': WAITS, '2': WAITS }, { job: 'j' });
    should(await scene.jobs.command(['g1'], { job: 'j' }, 'stop')).match({ waiting: 0, stopped: 2, left: [] });
    should(scene.calls.slice(0, 3)).eql(['store: stop', 'line 1: recall', 'store: withdraw']);
    should(scene.told).eql(['1 STOPPED', '2 STOPPED']);
    should(await scene.stageOf(sms)).eql(['done', 'done']);
  });

  it('of two gateway nodes with one line ask that once, and those of a node without one are commanded all the same', async () => {
    await scene.take({ '1': WAITS }, { job: 'j' });
    await scene.take({ '2': WAITS }, { job: 'j', gateway: 'g1 too' });
    await scene.take({ '3': WAITS }, { job: 'j', gateway: 'gone' });
    const answer = await scene.jobs.command(['g1', 'g1 too', 'gone'], { job: 'j' }, 'pause');
    should(answer).match({ jobs: ['j'], waiting: 3, held: 3 });
    should(scene.calls.filter((call) => call.endsWith('recall'))).eql(['line 1: recall']);
  });

  it('end one command before the next begins: what one stops is counted by none else', async () => {
    await scene.take({ '1': WAITS, '2': WAITS }, { job: 'j' });
    const both = [1, 2].map(() => scene.jobs.command(['g1'], { job: 'j' }, 'stop'));
    should((await Promise.all(both)).map(({ stopped }) => stopped)).eql([2, 0]);
  });

  it('answer each command by one look, whatever other commands come at once', async () => {
    const valid = { expires_at: 4_000_000_000_000 };
    await scene.take({ '1': valid, '2': valid }, { job: 'j' });
    // What is read second takes its time.
    const firstExpiry = scene.store.firstExpiry.bind(scene.store);
    let isStopped: Promise<unknown> | undefined;
    scene.store.firstExpiry = async (...asked) => {
      isStopped ??= scene.jobs.command(['g1'], { job: 'j' }, 'stop');
      await setImmediate();
      return firstExpiry(...asked);
    };
    const { waiting, expires_iso } = await scene.jobs.command(['g1'], { job: 'j' }, 'pause');
    should({ waiting, isValid: expires_iso !== null }).eql({ waiting: 2, isValid: true });
    should(await isStopped).match({ waiting: 0, stopped: 2, expires_iso: null });
  });

  it('hold all that waits where nothing can leave, or where there is no gateway', async () => {
    await scene.take({ '1': WAITS, '2': WAITS, '3': inGateway(1) }, { job: 'j' });
    await scene.take({ '4': WAITS }, { job: 'lost', gateway: 'gone' });
    const held = async (gateway: string, job: string) =>
      (await scene.jobs.progress([gateway], { job }))[0]?.progress.held;
    should(await held('g1', 'j')).equal(0);
    scene.isHeldUp = true;
    should(await held('g1', 'j')).equal(2);
    should(await held('gone', 'lost')).equal(1);
  });

  it('are told each by itself, in the order of asking, and of those that nobody knows there is nothing', async () => {
    await scene.take({ '1': WAITS }, { job: 'a' });
    await scene.take({ '2': WAITS, '3': WAITS }, { job: 'b' });
    const states = await scene.jobs.states(['g1', 'g2'], ['b', 'nobody', 'a']);
    should(states.map(({ progress }) => [progress.job, progress.total])).eql([
      ['b', 2],
      ['a', 1],
    ]);
  });

  describe('in the gateway when they are stopped', () => {
    it('stop the tasks that it hasn’t sent yet, each at its own gateway, and count what it has dropped', async () => {
      scene.dropped = 1;
      const joint = { count: 3, id: 0, user_id: 0, until: 0, text: 'Hello', encoding: 'gsm-7bit' } as const;
      await scene.take(
        {
          '1': inGateway(7),
          '2': { stage: 'sent', status: 'SENT_OK', task_id: 7 },
          '3': { stage: 'gateway', status: 'ACCEPTED' },
          '4': { ...inGateway(8), collected: joint },
          '5': { ...inGateway(9), collected: { ...joint, count: 1 } },
        },
        { job: 'j' },
      );
      await scene.take({ '6': inGateway(7) }, { job: 'j', gateway: 'g2' });
      await scene.take({ '7': inGateway(7) }, { job: 'other' });
      const answer = await scene.jobs.command(['g1', 'g2'], { job: 'j' }, 'stop');
      should(scene.calls.filter((call) => call.includes(': stop ')).sort()).eql(['line 1: stop 1,5', 'line 2: stop 6']);
      should(scene.calls.filter((call) => call.endsWith('enough'))).have.length(2);
      should(answer.stopped).equal(2);
      should(answer.left.map(({ number }) => number).sort()).eql(['1', '2', '3', '4', '5', '6']);
    });

    it('ask a gateway for nothing that has none of them, nor one that is gone', async () => {
      await scene.take({ '1': { stage: 'sent', status: 'SENT_OK', task_id: 7 } }, { job: 'j' });
      await scene.take({ '2': inGateway(7) }, { job: 'j', gateway: 'gone' });
      should(await scene.jobs.command(['g1', 'gone'], { job: 'j' }, 'stop')).match({ stopped: 0 });
      should(scene.calls.filter((call) => call.includes(': stop '))).eql([]);
    });

    it('wait five seconds for it at most', async () => {
      scene.dropped = undefined;
      await scene.take({ '1': inGateway(7) }, { job: 'j' });
      let answered = false;
      const answer = scene.jobs.command(['g1'], { job: 'j' }, 'stop').then((all) => {
        answered = true;
        return all;
      });
      await scene.clock.advance(4999);
      should(answered).be.false();
      await scene.clock.advance(1);
      should(await answer).match({ stopped: 0, left: [{ number: '1', status: 'ACCEPTED' }] });
      should(scene.calls).containEql('line 1: enough');
    });

    it('are all named, however many there are', async () => {
      const many = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [String(1000 + at), inGateway(1)]));
      await scene.take({ ...many, '1': WAITS }, { job: 'j' });
      await scene.take({ '2': inGateway(1) }, { job: 'other' });
      const { left } = await scene.jobs.command(['g1'], { job: 'j' }, 'pause');
      should(left.map(({ number }) => number)).eql(Object.keys(many).filter((number) => number !== '1'));
    });
  });

  describe('of which something comes back', () => {
    /** One that was on its way when its job was stopped, or paused, and waits again. */
    const comeBack = async (command: 'stop' | 'pause', number = '1'): Promise<StoredSms> => {
      const [sms] = await scene.take({ [number]: { stage: 'submitting' } }, { job: number });
      await scene.jobs.command(['g1'], { job: number }, command);
      const [back] = await scene.store.change([{ id: sms?.id ?? 0, stage: 'waiting' }]);
      scene.calls.length = 0;
      return back as StoredSms;
    };

    it('that is stopped, withdraw it', async () => {
      const back = await comeBack('stop');
      scene.jobs.noticed([storedSms({ gateway: 'g2' }), back]);
      await scene.clock.advance(0);
      should(scene.told).eql(['1 STOPPED']);
    });

    it('don’t look anew for each that comes back at one time', async () => {
      const [one, other] = [await comeBack('stop', '1'), await comeBack('stop', '2')];
      for (let time = 0; time < 10; time++) scene.jobs.noticed([one, other]);
      await scene.clock.advance(0);
      should(scene.told.sort()).eql(['1 STOPPED', '2 STOPPED']);
      // At most one look that is under way, and one that waits for its turn, each a page with both and an empty one.
      should(scene.calls.length).be.within(2, 4);
      const third = await comeBack('stop', '3');
      scene.jobs.noticed([third]);
      await scene.clock.advance(0);
      should(scene.told).containEql('3 STOPPED');
    });

    it('that is paused, keep it, and don’t look for what isn’t held', async () => {
      const back = await comeBack('pause');
      scene.jobs.noticed([back]);
      await scene.clock.advance(0);
      should(scene.told).eql([]);
      scene.calls.length = 0;
      scene.jobs.noticed([storedSms(), storedSms({ stage: 'gateway', paused: true }), storedSms({ stage: 'done' })]);
      scene.jobs.noticed([]);
      await scene.clock.advance(0);
      should(scene.calls).eql([]);
    });

    it('say so where the store can’t withdraw it', async () => {
      const back = await comeBack('stop');
      await scene.store.close();
      scene.jobs.noticed([back]);
      await scene.clock.advance(0);
      should(scene.failures).eql(['the store is closed']);
    });
  });

  it('are stopped with all else that waits for a gateway, and what has left stays', async () => {
    const left = await scene.take({ '1': inGateway(7), '2': WAITS }, { job: 'j' });
    await scene.take({ '3': WAITS });
    await scene.take({ '4': { due_at: 9e15, held: { by: 'schedule', until: null, text: 'later' } } }, { job: 'k' });
    const elsewhere = await scene.take({ '5': WAITS }, { job: 'j', gateway: 'g2' });
    should(await scene.jobs.stopWaiting('g1')).equal(3);
    should(scene.calls.slice(0, 3)).eql(['store: stop', 'line 1: recall', 'store: withdraw']);
    should(scene.told.sort()).eql(['2 STOPPED', '3 STOPPED', '4 STOPPED']);
    should(await scene.stageOf([...left, ...elsewhere])).eql(['gateway', 'done', 'waiting']);
    should(scene.calls.some((call) => call.startsWith('line 2') || call.includes(': stop '))).be.false();
  });

  it('are seen, those that wait first, with how far they are and of how many more something waits', async () => {
    for (const job of ['a', 'b', 'c']) await scene.take({ [job]: WAITS, [`${job}2`]: inGateway(1) }, { job });
    await scene.take({ '9': { stage: 'done', status: 'DELIVERED' } }, { job: 'over' });
    const some = await scene.jobs.seen('g1', 2);
    should(some.jobs.map(({ job, waits, state }) => [job, waits, state.progress.total])).eql([
      ['c', true, 2],
      ['b', true, 2],
    ]);
    should(some.more).equal(1);
    const all = await scene.jobs.seen('g1', 10);
    should(all.jobs.map(({ job }) => job)).eql(['c', 'b', 'a', 'over']);
    should(all.more).equal(0);
    should(await scene.jobs.seen('g2', 10)).eql({ jobs: [], more: 0 });
  });

  it('of a node that aren’t over are found with an input of theirs, wherever their SMS are', async () => {
    await scene.take({ '1': WAITS }, { job: 'waits' });
    await scene.take({ '2': { stage: 'sent', status: 'SENT_OK' } }, { job: 'on air' });
    await scene.take({ '3': { stage: 'joined' } }, { job: 'joined' });
    await scene.take({ '4': { stage: 'done', status: 'DELIVERED' } }, { job: 'over' });
    await scene.take({ '5': WAITS }, { job: 'of another', node: 'other' });
    await scene.take({ '6': WAITS }, { job: 'elsewhere', gateway: 'g2' });
    const open = await scene.jobs.openOf('g1', 'n');
    should(open.map(({ job, input }) => [job, input.id])).eql([
      ['waits', 'input 1'],
      ['on air', 'input 2'],
      ['joined', 'input 3'],
    ]);
  });

  it('say when the first of what waits expires', async () => {
    await scene.take({ '1': { expires_at: 900 }, '2': WAITS, '3': { ...inGateway(1), expires_at: 100 } }, { job: 'j' });
    await scene.take({ '4': { expires_at: 500 } }, { job: 'other' });
    const { expires_iso } = await scene.jobs.command(['g1'], { job: 'j' }, 'pause');
    should(expires_iso).equal(new Date(900).toISOString());
  });
});
