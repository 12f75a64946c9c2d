import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { pack } from '../support/node-red';
import { manifest } from '../support/repository';

// What anybody who installs the package gets to see; everything else stays in the clone.
const PUBLISHED = [
  /^dist\//,
  /^examples\/.+\.(?:json|json\.txt|yml)$/,
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
];
const NEVER = [/\.test\./, /\.map$/, /(^|\/)test\//, /(?<!\.d)\.ts$/, /(^|\/)editor\.js$/];
/** Bytes: as npm packs it; unpacked, what it does, with its texts in English; and all of it. */
const LIMITS = { packed: 1_300_000, own: 3_000_000, all: 3_900_000 };
const TRANSLATION = /\/locales\/(?!en-US\/)/;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

describe('the published package', () => {
  it('holds the built nodes, the examples and the texts, and nothing else', async () => {
    const paths = (await pack()).content.map((file) => file.path);
    should(paths.filter((file) => !PUBLISHED.some((allowed) => allowed.test(file)))).be.empty();
    should(paths.filter((file) => NEVER.some((forbidden) => forbidden.test(file)))).be.empty();
  });

  it('holds its texts and every file that package.json names', async () => {
    const paths = (await pack()).content.map((file) => file.path);
    const { nodes, plugins } = manifest()['node-red'];
    const html = Object.values({ ...nodes, ...plugins }).map((file) => file.replace(/\.js$/, '.html'));
    should(paths).containDeep([
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
      ...Object.values({ ...nodes, ...plugins }),
      ...html,
    ]);
  });

  it('names no path of the machine that built it', async () => {
    const { file } = await pack();
    const text = execFileSync('tar', ['-xzOf', file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    should(text.includes(path.resolve(__dirname, '../..'))).be.false();
  });

  it('is at most 1.3 MB to load, and unpacked 3 MB without its translations and 3.9 MB with them', async () => {
    const { content, file } = await pack();
    should(statSync(file).size).be.belowOrEqual(LIMITS.packed);
    const sizeOf = (files: typeof content): number => files.reduce((sum, { size }) => sum + size, 0);
    const own = sizeOf(content.filter((file) => !TRANSLATION.test(file.path)));
    const all = sizeOf(content);
    console.log(`      unpacked: ${(own / 1e6).toFixed(3)} MB, with translations ${(all / 1e6).toFixed(3)} MB`);
    should(own).be.belowOrEqual(LIMITS.own);
    should(all).be.belowOrEqual(LIMITS.all);
  });

  it('has the keyword by which the palette finds it', () => {
    should(manifest().keywords).containEql('node-red');
  });

  it('runs no script when it is installed', () => {
    should(Object.keys(manifest().scripts).filter((name) => INSTALL_SCRIPTS.includes(name))).be.empty();
  });
});
