import { execFileSync } from 'node:child_process';
import path from 'node:path';
import should from 'should';
import { pack } from '../support/node-red';
import { manifest } from '../support/repository';

// What anybody who installs the package gets to see; everything else stays in the clone.
const PUBLISHED = [/^dist\//, /^examples\/.+\.json$/, /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/];
const NEVER = [/\.test\./, /\.map$/, /(^|\/)test\//, /(?<!\.d)\.ts$/, /(^|\/)editor\.js$/];
const OWN_LIMIT = 1_000_000;
const INSTALL_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];

describe('the published package', function () {
  this.timeout(60_000);

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

  it('is at most 1 MB', async () => {
    const bytes = (await pack()).content.reduce((sum, { size }) => sum + size, 0);
    console.log(`      unpacked: ${(bytes / 1e6).toFixed(3)} MB`);
    should(bytes).be.belowOrEqual(OWN_LIMIT);
  });

  it('runs no script when it is installed', () => {
    should(Object.keys(manifest().scripts).filter((name) => INSTALL_SCRIPTS.includes(name))).be.empty();
  });
});
