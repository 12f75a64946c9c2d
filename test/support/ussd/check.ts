import fc from 'fast-check';
import { judge, judgeReplies, judgeTexts } from './judge';
import { crowded, ordinary, type Story, stories } from './stories';
import { type Told, tell } from './tell';

/** How many dialogues had replies, and of how many of them nobody can be sure. */
export interface Share {
  answered: number;
  uncertain: number;
}

/** Tells so many random stories and judges them; `kind`: what is told, and by what it is judged. */
export async function check(kind: keyof typeof KINDS, runs: number): Promise<Share> {
  const { arbitrary, judge: judged } = KINDS[kind];
  const share: Share = { answered: 0, uncertain: 0 };
  const property = fc.asyncProperty(arbitrary, async (story) => {
    const told = await tell(story);
    judged(story, told);
    const records = [...told.ends.values()].flat().filter(({ status }) => status === 200);
    share.answered += records.length;
    share.uncertain += records.filter(({ certain }) => certain === false).length;
  });
  await fc.assert(property, { numRuns: runs });
  return share;
}

const KINDS = {
  /** All texts read the same, again and again. */
  alike: { arbitrary: stories(fc.constantFrom('A', 'B', 'C')), judge: (_story: Story, told: Told) => judge(told) },
  /** All texts are different. */
  different: {
    arbitrary: stories('unique'),
    judge: (story: Story, told: Told) => {
      judge(told);
      judgeReplies(story, told);
      judgeTexts(story, told);
    },
  },
  /** Nothing out of the way. */
  ordinary: { arbitrary: ordinary(), judge: (_story: Story, told: Told) => judge(told) },
  /** Others read, send and cancel on the ports, and SMS are sent. */
  crowded: { arbitrary: crowded(), judge: judgeTexts },
};
