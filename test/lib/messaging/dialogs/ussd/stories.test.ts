import should from 'should';
import type { Answer, PushFaults } from '../../../../support/ussd/Network';
import type { Story } from '../../../../support/ussd/stories';
import { tell } from '../../../../support/ussd/tell';

const push = (faults: Partial<PushFaults> = {}): PushFaults => ({ isLost: false, late: 0, ...faults });
const says = (text: string, more: Partial<Answer> = {}): Answer => ({
  text,
  after: 1,
  isStubborn: false,
  isLast: false,
  push: push(),
  ...more,
});
const story = (given: Partial<Story>): Story => ({
  latency: 0,
  concurrency: 1,
  wait: 30_000,
  answers: [],
  wanted: [],
  news: [],
  besides: [],
  busy: [],
  ...given,
});

/** What random stories once found, each with what is right. */
describe('a USSD dialogue', () => {
  /** What came of each dialogue on port 1, and the texts for nobody. */
  const endsOf = async (given: Partial<Story>) => {
    const { ends, others } = await tell(story(given));
    const records = (ends.get(1) ?? []).map(({ status, replies, certain }) => ({
      status,
      texts: replies.map(({ text }) => text),
      ...(certain === undefined ? {} : { certain }),
    }));
    return { records, others };
  };

  it('says that its reply isn’t certain when the network said the same on its own right before the code', async () => {
    const { records } = await endsOf({
      answers: [says('A')],
      wanted: [
        { at: 0, port: 1, codes: ['*100#'] },
        { at: 9351, port: 1, codes: ['*100#'] },
      ],
      news: [
        { at: 0, port: 1, text: 'C', push: push({ isLost: true }) },
        { at: 9350, port: 1, text: 'A', push: push({ late: 1 }) },
      ],
    });
    should(records).eql([
      { status: 200, texts: ['A'] },
      { status: 200, texts: ['A'], certain: false },
    ]);
  });

  it('has its own reply when a text that read as the port’s last one is pushed late, and says that two came', async () => {
    const { records, others } = await endsOf({
      answers: [says('C'), says('A', { push: push({ late: 641 }) })],
      wanted: [
        { at: 1, port: 1, codes: ['*100#'] },
        { at: 35_835, port: 1, codes: ['*100#'] },
      ],
      news: [
        { at: 1, port: 1, text: 'A', push: push({ isLost: true }) },
        { at: 35_681, port: 1, text: 'C', push: push({ late: 796, again: 924 }) },
      ],
    });
    should(records).eql([
      { status: 200, texts: ['C'] },
      { status: 200, texts: ['A'], certain: false },
    ]);
    should(others).eql(['C']);
  });

  it('swallows no text that came right before it and is pushed late, behind the one that followed', async () => {
    const late = Array.from({ length: 5 }, (_, n) => says(`answer ${n}`));
    const { others } = await endsOf({
      latency: 600,
      answers: [
        says('answer', { after: 16_113 }),
        ...late.slice(0, 4),
        says('answer 5', { after: 14_101, push: push({ isLost: true }) }),
        says('answer 6', { after: 9101, push: push({ late: 653 }) }),
        says('answer 7', { after: 311 }),
      ],
      wanted: [
        { at: 0, port: 1, codes: ['*100#', '*100#', '*125#'] },
        { at: 0, port: 1, codes: ['*100#'] },
        { at: 601, port: 0, codes: ['*100#', '*100#'] },
        { at: 601, port: 0, codes: ['*100#', '*100#'] },
      ],
      news: [
        { at: 368, port: 1, text: 'news 0', push: push({ late: 900 }) },
        { at: 368, port: 1, text: 'news 1', push: push() },
      ],
    });
    should(others.toSorted()).eql(['news 0', 'news 1']);
  });

  it('is certain of a reply that reads as the one before when it comes later than pushes may be late', async () => {
    const { records } = await endsOf({
      answers: [says('Balance 5.00', { after: 3001 })],
      wanted: [
        { at: 0, port: 1, codes: ['*100#'] },
        { at: 60_000, port: 1, codes: ['*100#'] },
      ],
    });
    should(records).eql([
      { status: 200, texts: ['Balance 5.00'] },
      { status: 200, texts: ['Balance 5.00'] },
    ]);
  });

  it('leaves to others what a text of its port read by somebody was: a push of it is still told', async () => {
    const { others } = await endsOf({
      wanted: [],
      news: [{ at: 10_000, port: 1, text: 'news', push: push({ late: 1000 }) }],
      besides: [
        { at: 0, port: 1, action: 'read' },
        { at: 10_500, port: 1, action: 'read' },
      ],
    });
    should(others).eql(['news']);
  });

  it('goes on when another node ends its session: it has no reply, and the late one is nobody’s', async () => {
    const { records, others } = await endsOf({
      answers: [says('late', { after: 8000, isStubborn: true })],
      wanted: [{ at: 0, port: 1, codes: ['*100#'] }],
      besides: [{ at: 4000, port: 1, action: 'cancel' }],
    });
    should(records).match([{ status: 408, texts: [] }]);
    should(others).eql(['late']);
  });
});
