import should from 'should';
import type { Steps } from '../../../../lib/concurrency';
import { sumUp } from '../../../../lib/messaging/sms/outcome/sumUp';
import { mayHaveDoubles } from '../../../../lib/messaging/taking/doubles';
import { type RawOptions, validateRequest } from '../../../../lib/messaging/taking/validateRequest';
import { START } from '../../../support/FakeClock';
import { CountedWork } from '../../../support/fuzz/CountedWork';
import { storedSms } from '../given';

describe('an input of very many recipients', () => {
  let work: CountedWork;
  beforeEach(() => {
    work = new CountedWork();
  });
  afterEach(() => work.end());

  /** What is done between two turns of the event loop: the most, and all of it. */
  function workOf<T>(steps: Steps<T>): { most: number; all: number; made: T } {
    const done: number[] = [];
    work.take();
    for (;;) {
      const { done: isOver, value } = steps.next();
      done.push(work.take().steps);
      if (isOver) return { most: Math.max(...done), all: done.reduce((sum, one) => sum + one, 0), made: value };
    }
  }

  const request = (count: number): RawOptions => ({
    to: Array.from({ length: count }, (_, at) => ({
      ...{ number: `+49170${1_000_000 + at}`, name: `“N” ${at}`, language: at % 2 ? 'de' : 'en', at },
    })),
    ...{ text: 'Dear {{name}}, you are no. {{at}}', texts: { de: '{{name}} – {{at}}' } },
    ...{ literal: false, transliterate: true },
  });
  const checking = (count: number) => validateRequest(request(count), 'keep', START, 'DE');

  it('is checked and filled in steps that are no longer for more of them, and in proportion to their number', () => {
    workOf(checking(350));
    const half = workOf(checking(700));
    const whole = workOf(checking(1400));
    should(half.all).be.above(7000);
    should(whole.all).be.below(2.3 * half.all);
    should(whole.most).be.below(1.3 * half.most);
    should(half.most).be.below(half.all / 8);
    const doubles = (of: typeof half) => workOf(mayHaveDoubles(of.made.sms)).all;
    should(doubles(whole)).be.below(2.3 * doubles(half));
  });

  it('is summed up in such steps', () => {
    const sms = Array.from({ length: 1400 }, () => storedSms({ text_param: ['x'], text: '#param#', extra: { a: 1 } }));
    const sum = (count: number) =>
      workOf(sumUp({ until: 'sent', duplicates: 0 }, sms.slice(0, count), { timedOut: false }));
    sum(350);
    const half = sum(700);
    const whole = sum(1400);
    should(whole.all).be.below(2.3 * half.all);
    should(whole.most).be.below(1.3 * half.most);
    should(half.most).be.below(half.all / 8);
  });
});
