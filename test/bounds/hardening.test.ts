import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import should from 'should';

const DOCS = join(__dirname, '../../docs');
const PAGE = readFileSync(join(DOCS, 'hardening.md'), 'utf8');
const [TESTS = '', BROKEN = ''] = PAGE.split('\n## ');

const NUMBERS = [1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14].map((row) => `S${row}`);

describe('docs/hardening.md', () => {
  const rows = TESTS.split('\n').filter((line) => /^\| (S\d+)? *\|/.test(line) && !line.includes('| the test |'));

  it('names for each row of the list a test that is there, by words of its title', () => {
    should(rows.map((row) => /S\d+/.exec(row.split('|')[1] ?? '')?.[0]).filter(Boolean)).eql(NUMBERS);
    const missing: string[] = [];
    for (const row of rows) {
      const told = row.split('|').at(-2) ?? '';
      const tests = [...told.matchAll(/\]\(([^)]+\.test\.ts)\)((?: \*[^*]+\*,?)+)/g)];
      if (tests.length === 0) missing.push(row);
      for (const [, file = '', titles = ''] of tests) {
        const source = readFileSync(join(DOCS, file), 'utf8');
        for (const [, title = ''] of titles.matchAll(/\*([^*]+)\*/g))
          if (!source.includes(title)) missing.push(`${file}: ${title}`);
      }
    }
    should(missing).eql([]);
  });

  it('says of each row what was taken away, and what its tests said then', () => {
    should([...BROKEN.matchAll(/^\| (S\d+) \|/gm)].map(([, row]) => row)).eql(NUMBERS);
  });
});
