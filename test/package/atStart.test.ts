import { execFileSync } from 'node:child_process';
import path from 'node:path';
import should from 'should';
import { manifest, root } from '../support/repository';

/** What a Node-RED that uses none of it yet needn't have loaded. */
const LATER = [
  /^dist\/simulator\//,
  /^dist\/lib\/store\/sqlite\/(?!drivers\/|failures|place)/,
  /^dist\/lib\/store\/thread\/worker\./,
  /^dist\/lib\/store\/postgres\/(?!connectionString|loadPostgres|pg\.)/,
  /\/library\.js$/,
  /^dist\/lib\/runtime\/metrics\/Metrics\./,
];

/** The files that a process has loaded after it has required these, by their names in the repository. */
function loadedBy(files: string[]): string[] {
  const program = `${JSON.stringify(files.map((file) => path.join(root, file)))}.forEach(require); console.log(JSON.stringify(Object.keys(require.cache)))`;
  const told = execFileSync(process.execPath, ['-e', program], { cwd: root, encoding: 'utf8' });
  return (JSON.parse(told) as string[]).map((file) => path.relative(root, file));
}

describe('what Node-RED loads at its start', () => {
  let loaded: string[];

  before(() => {
    const { nodes, plugins } = manifest()['node-red'];
    loaded = loadedBy(Object.values({ ...nodes, ...plugins }));
  });

  it('is, besides our own files, valibot', () => {
    const packages = loaded.filter((file) => !file.startsWith('dist/'));
    should(packages).eql(['node_modules/valibot/dist/index.cjs']);
  });

  it('is neither the simulator, nor SQLite’s or PostgreSQL’s part of the store, nor a library that the first request, number or metrics node brings', () => {
    should(loaded).containEql('dist/lib/runtime/SharedRuntime.js');
    should(loaded.filter((file) => LATER.some((later) => later.test(file)))).be.empty();
  });

  it('is at most 560 files', () => {
    should(loaded.length).be.belowOrEqual(560);
  });
});

describe('the thread of the store', () => {
  it('loads one file, which holds all it needs', () => {
    should(loadedBy(['dist/lib/store/thread/worker.js'])).eql(['dist/lib/store/thread/worker.js']);
  });
});
