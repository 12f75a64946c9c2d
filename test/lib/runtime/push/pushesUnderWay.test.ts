import { setImmediate as turn } from 'node:timers/promises';
import should from 'should';
import { PushesUnderWay } from '../../../../lib/runtime/push/PushesUnderWay';

const LIMIT = 256 * 1024;
const announcing = (length?: number) => ({ headers: { 'content-length': length && `${length}` } }) as never;
const never = () => new Promise<'done'>(() => undefined);
const atOnce = async (): Promise<'done'> => 'done';

describe('pushes of a receiver that come at once', () => {
  it('are all answered, of 1,024 no more than 64 being worked on at a time', async () => {
    const pushes = new PushesUnderWay(LIMIT);
    let [now, most] = [0, 0];
    const work = async (): Promise<'done'> => {
      most = Math.max(most, ++now);
      await turn();
      now -= 1;
      return 'done';
    };
    const answers = Array.from({ length: 1024 }, () =>
      pushes.run<string>(announcing(500), () => pushes.inTurn(work), 'too many'),
    );
    should(await pushes.run<string>(announcing(500), work, 'too many')).equal('too many');
    should(new Set(await Promise.all(answers))).eql(new Set(['done']));
    should(most).equal(64);
    should(await pushes.run<string>(announcing(500), atOnce, 'too many')).equal('done');
  });

  it('have 16 MB of bodies together; one that doesn’t announce its length counts as the longest', async () => {
    for (const length of [LIMIT, undefined, Number.NaN, 10 * LIMIT]) {
      const pushes = new PushesUnderWay(LIMIT);
      for (let count = 0; count < 64; count++) void pushes.run<string>(announcing(length), never, 'too many');
      should(await pushes.run<string>(announcing(1), atOnce, 'too many')).equal('too many');
    }
  });

  it('give back what they had also when their work fails', async () => {
    const pushes = new PushesUnderWay(LIMIT);
    const fail = () => Promise.reject(new Error('the store is away'));
    for (let count = 0; count < 2000; count++)
      await pushes.run<string>(announcing(LIMIT), fail, 'too many').catch(() => undefined);
    should(await pushes.run<string>(announcing(LIMIT), atOnce, 'too many')).equal('done');
  });

  it('one that is larger than all may have is taken where it is alone', async () => {
    const pushes = new PushesUnderWay(64 * 1024 * 1024);
    should(await pushes.run<string>(announcing(32 * 1024 * 1024), atOnce, 'too many')).equal('done');
  });
});
