import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { root } from '../support/repository';

const pages = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...pagesBelow('docs')];
const LINK = /\[(?:[^[\]]|\[[^[\]]*\])*\]\(([^()\s]+)\)/g;
const ELSEWHERE = /^[a-z]+:/i;

function pagesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name));
}

/** What a page says outside code. */
function prose(page: string): string {
  const text = readFileSync(path.join(root, page), 'utf8');
  return text.replace(/^```[\s\S]*?^```/gm, '');
}

/** The anchors of a page as the usual forges make them: small letters, hyphens for blanks, a number from the second on. */
function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of prose(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const shown = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const name = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = name;
    for (let nth = 1; anchors.has(anchor); nth++) anchor = `${name}-${nth}`;
    anchors.add(anchor);
  }
  return anchors;
}

/** Why a link of a page leads nowhere; nothing when it leads somewhere. */
function brokenBy(page: string, link: string): string | undefined {
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page : path.join(path.dirname(page), decodeURIComponent(file));
  if (target.startsWith('..')) return `${page}: ${link} leads out of the repository`;
  const place = path.join(root, target);
  if (!existsSync(place)) return `${page}: there is no ${target}`;
  if (anchor === undefined) return;
  if (!statSync(place).isFile() || !anchorsOf(target).has(decodeURIComponent(anchor))) {
    return `${page}: ${target} has no heading #${anchor}`;
  }
  return;
}

const linksOf = (page: string): string[] =>
  [
    ...prose(page)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(LINK),
  ]
    .map(([, link = '']) => link)
    .filter((link) => !ELSEWHERE.test(link));

describe('the pages of the repository', () => {
  it('link to files and headings that exist', () => {
    const broken = pages.flatMap((page) => linksOf(page).flatMap((link) => brokenBy(page, link) ?? []));
    should(broken).be.empty();
    should(pages.flatMap(linksOf).length).be.above(100);
  });

  it('are all reached from docs/README.md', () => {
    const reached = new Set([path.join('docs', 'README.md')]);
    for (const page of reached) {
      for (const link of linksOf(page)) {
        const target = path.join(path.dirname(page), link.split('#')[0] ?? '');
        if (pages.includes(target)) reached.add(target);
      }
    }
    should(pages.filter((page) => !reached.has(page))).be.empty();
  });

  it('list every decision record once, by the title that it has and in the order of their numbers', () => {
    const folder = path.join('docs', 'decisions');
    const index = readFileSync(path.join(root, folder, 'README.md'), 'utf8');
    const records = readdirSync(path.join(root, folder)).filter((name) => /^\d{4}-.*\.md$/.test(name));
    const missing = records.filter((name) => {
      const [, number, title] = /^# (\d+)\. (.+)$/m.exec(readFileSync(path.join(root, folder, name), 'utf8')) ?? [];
      return !index.includes(`| ${number} | [${title}](${name}) |`);
    });
    should(records.length).be.above(30);
    should(missing).be.empty();
    const numbers = [...index.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number));
    should(numbers).eql([...numbers].sort((one, other) => one - other));
    should(numbers).have.length(records.length);
  });
});
