import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sourcesAt } from './sourcesAt';
import { structureOf } from './structure';
import { syntaxOf } from './syntax';

type Row = [what: string, value: string];

/** Parts of the sources, by what their paths begin with. */
const PARTS: Record<string, RegExp> = {
  'product (lib, nodes, plugins, simulator)': /^(lib|nodes|plugins|simulator)\//,
  'without the simulator': /^(lib|nodes|plugins)\//,
  'lib/messaging': /^lib\/messaging\//,
  'lib/runtime': /^lib\/runtime\//,
  'lib/store': /^lib\/store\//,
  'lib/editor': /^lib\/editor\//,
  'lib/gateway-api': /^lib\/gateway-api\//,
  nodes: /^nodes\//,
  simulator: /^simulator\//,
  scripts: /^scripts\//,
  test: /^test\//,
};
const PRODUCT = /^(lib|nodes|plugins|simulator)\//;

const linesOf = (text: string): number => text.split('\n').length - 1;
const figure = (value: number): string => value.toLocaleString('en-US');
const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** All that is counted of a revision, row by row. */
async function rowsOf(revision: string): Promise<Row[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'counted-'));
  try {
    const sources = sourcesAt(revision, folder);
    const product = new Map([...sources].filter(([file]) => PRODUCT.test(file) && file.endsWith('.ts')));
    const syntax = await syntaxOf(folder, [...product.keys()]);
    return [...sizes(sources), ...ofSyntax(syntax, product), ...ofStructure(product)];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizes(sources: ReadonlyMap<string, string>): Row[] {
  const linesIn = (part: RegExp): number[] =>
    [...sources].flatMap(([file, text]) => (part.test(file) ? linesOf(text) : [])).sort((a, b) => a - b);
  const rows = Object.entries(PARTS).map(([name, part]): Row => {
    const lines = linesIn(part);
    const sum = lines.reduce((all, one) => all + one, 0);
    const few = lines.filter((one) => one < 20).length;
    const words = [figure(lines.length), figure(sum), at(lines, 0.5), at(lines, 0.95), at(lines, 1), few];
    return [`${name}: files, lines, median, p95, max, < 20 lines`, words.join(' · ')];
  });
  const sum = (part: RegExp): number => linesIn(part).reduce((all, one) => all + one, 0);
  const long = linesIn(PRODUCT).filter((one) => one > 150).length;
  return [
    ...rows,
    ['product files over 150 lines', figure(long)],
    ['test lines for a line of the product', (sum(/^test\//) / sum(PRODUCT)).toFixed(2)],
  ];
}

function ofSyntax(syntax: Awaited<ReturnType<typeof syntaxOf>>, product: ReadonlyMap<string, string>): Row[] {
  const text = [...product.values()].join('\n');
  const lines = text.split('\n');
  const sorted = syntax.functions.sort((a, b) => a - b);
  const perThousand = (count: number): string => ((count * 1000) / lines.length).toFixed(1);
  const comments = lines.filter((line) => /^\s*(\/\/|\/?\*)/.test(line)).length;
  const functions = [figure(sorted.length), at(sorted, 0.5), at(sorted, 0.95), at(sorted, 1)];
  return [
    ['functions: how many, lines: median, p95, longest', functions.join(' · ')],
    ['`any`, casts, `!` in 1,000 lines', [syntax.any, syntax.casts, syntax.nonNull].map(perThousand).join(' · ')],
    ['ignored rules', figure(text.match(/biome-ignore|@ts-(ignore|expect-error)/g)?.length ?? 0)],
    ['comment lines', `${((comments * 100) / lines.length).toFixed(1)} %`],
    ['functions handed to parts in constructors of lib/messaging', figure(syntax.closures)],
  ];
}

function ofStructure(product: ReadonlyMap<string, string>): Row[] {
  const { circles, inCircles, folderCircles, deepImports, sharedNames } = structureOf(product);
  return [
    ['circles of files, types included (files in them)', `${circles} (${inCircles})`],
    ['circles of folders and files side by side', figure(folderCircles)],
    ['imports of lib/messaging past its index.ts', figure(deepImports)],
    ['names of files that occur more than once', figure(sharedNames)],
  ];
}

async function print(revisions: readonly string[]): Promise<void> {
  const columns: Row[][] = [];
  for (const revision of revisions) columns.push(await rowsOf(revision));
  console.log(`| | ${revisions.join(' | ')} |\n| --- |${' --- |'.repeat(revisions.length)}`);
  for (const [place, [what]] of (columns[0] ?? []).entries()) {
    console.log(`| ${what} | ${columns.map((column) => column[place]?.[1]).join(' | ')} |`);
  }
}

print(process.argv.slice(2)).catch((error: Error) => {
  console.error(error);
  process.exitCode = 1;
});
