import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { ANY } from '../../../../../lib/messaging/sms/ledger/stages';
import { TRANSITIONS } from '../../../../../lib/messaging/sms/ledger/transitions';
import { root } from '../../../../support/repository';

const PAGE = readFileSync(path.join(root, 'docs/stages.md'), 'utf8');

/** The cells of the page's tables, a row each, of which the first one is a word of the code. */
const rows = PAGE.split('\n').flatMap((line) => {
  const cells = line.split('|').slice(1, -1);
  return /^ `\w+` $/.test(cells[0] ?? '') ? [cells.map((cell) => cell.trim())] : [];
});
const wordsOf = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word as string);
const stagesOf = (cell: string | undefined): readonly string[] => (cell === 'any' ? ANY : wordsOf(cell));

describe('docs/stages.md', () => {
  it('has each stage', () => {
    const stages = rows.filter((cells) => cells.length === 2).flatMap(([stage]) => wordsOf(stage));
    should(stages.sort()).eql([...ANY].sort());
  });

  it('has each event, in which stages it can happen and to which it leads', () => {
    const told = rows.filter((cells) => cells.length === 4);
    should(
      told.map(([event, from, to]) => [...wordsOf(event), [...stagesOf(from)].sort(), [...stagesOf(to)].sort()]),
    ).eql(Object.entries(TRANSITIONS).map(([event, { from, to = [] }]) => [event, [...from].sort(), [...to].sort()]));
  });

  it('says of those events, and only of those, that an SMS may be known less well afterwards', () => {
    const falling = rows.filter((cells) => cells[3]?.includes('known less well')).flatMap(([event]) => wordsOf(event));
    const marked = Object.entries(TRANSITIONS).flatMap(([event, { falls }]: [string, { falls?: string }]) =>
      falls === undefined ? [] : [event],
    );
    should(falling).eql(marked);
  });
});
