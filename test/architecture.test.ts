import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { helpLanguages } from './locales/catalogues';
import { misnamedCallbacks } from './support/architecture/callbacks';
import { deadExports } from './support/architecture/exports';
import { circlesOf, fileGraph, roomGraph } from './support/architecture/graph';
import { missingNames, namesIn } from './support/architecture/names';
import { missingPaths, pathsIn } from './support/architecture/paths';
import { brokenRule, partOf } from './support/architecture/rules';
import { filesIn, importsOf, textOf } from './support/architecture/sources';
import { formerIn, formerWords } from './support/architecture/words';
import { manifest } from './support/repository';

const SOURCES = ['lib', 'nodes', 'plugins', 'simulator'];
const MAIN_LANGUAGE = 'en-US';
const LONGEST_FILE = 300;
const NODE_PARTS = (name: string): string[] => ['config.ts', 'editor.html', 'editor.ts', `${name}.ts`];

// Folders whose unit tests lie as they do, below `test/`.
const MIRRORED = ['lib', 'simulator'];
// Where nothing may lead back to where it came from.
const ROUND_FREE = ['lib', 'nodes', 'plugins', 'simulator'];
// Its loose files are what all of its folders share, and `SharedRuntime.ts` joins them: only the folders are compared.
const SHARED = 'lib/runtime';

/** All folders that a file lies in, but for the first. */
const foldersAbove = (file: string): string[] => {
  const names = file.split('/').slice(0, -1);
  return names.map((_, place) => names.slice(0, place + 1).join('/')).slice(1);
};

/** The names of the folders in a folder of the clone that hold files. */
const foldersOf = (folder: string): string[] => [...new Set(filesIn([folder]).map((file) => file.split('/')[1] ?? ''))];

const isConfigNode = (name: string): boolean => /\bcategory:\s*['"]config['"]/.test(textOf(`nodes/${name}/editor.ts`));

/** Fails with one line a finding. */
function none(findings: readonly string[]): void {
  should(findings.length).equal(0, `\n  ${findings.join('\n  ')}\n`);
}

describe('the structure of the sources', () => {
  it('has no import that points the wrong way', () => {
    const broken = filesIn(SOURCES, '.ts').flatMap((file) =>
      importsOf(file).flatMap((found) => {
        const rule = brokenRule(found);
        return rule === undefined ? [] : [`${file} imports '${found.specifier}': ${rule}`];
      }),
    );
    none(broken);
  });

  it('would see a circle of any length, and which files it is made of', () => {
    const graph = new Map([
      ['a', new Set(['b', 'd'])],
      ['b', new Set(['c'])],
      ['c', new Set(['a'])],
      ['d', new Set(['e'])],
      ['e', new Set<string>()],
      ['f', new Set(['f'])],
    ]);
    should(circlesOf(graph)).eql([['a', 'b', 'c'], ['f']]);
  });

  it('imports valibot in one file, of which the others take what they need', () => {
    const found = filesIn(SOURCES, '.ts').flatMap(importsOf);
    should(found.filter(({ specifier }) => specifier === 'valibot').map(({ file }) => file)).eql([
      'lib/gateway-api/schemas.ts',
    ]);
  });

  it('has no circle of files, of their types included', () => {
    none(circlesOf(fileGraph(ROUND_FREE)).map((circle) => circle.join(', ')));
  });

  it('has no circle of the folders and files that lie side by side', () => {
    const files = fileGraph(ROUND_FREE);
    const folders = new Set([...files.keys()].flatMap(foldersAbove));
    none(
      [...folders].flatMap((folder) =>
        circlesOf(roomGraph(files, folder, folder !== SHARED)).map((circle) => `${folder}: ${circle.join(', ')}`),
      ),
    );
  });

  it('exports nothing that nobody imports', () => {
    none(deadExports(ROUND_FREE));
  });

  it('names a function that is handed over by who asks whom', async () => {
    none(await misnamedCallbacks(['lib', 'nodes', 'plugins']));
  });

  it('would see such a function by its type, in options and in constructors', async () => {
    const found = await misnamedCallbacks(['test/support/architecture']);
    const file = 'test/support/architecture/misnamed.ts';
    should(found).eql(
      ['direct', 'byAlias', 'method', 'perhaps', 'inside', 'inferred'].map((name) => `${file}: ${name}`),
    );
  });

  it('would see a former word in a name of several, and not where another word holds its letters', () => {
    const seen = ['openLanes', 'HOLD_OFF_MS', 'StopChore', 'dashboard', 'planes', 'refuse'].map(formerIn);
    should(seen).eql(['lane', 'hold off', 'chore', undefined, undefined, undefined]);
  });

  it('says none of the words that nobody else knew', () => {
    none(formerWords([...SOURCES, 'test', 'bench', 'scripts']));
  });

  it('has every source in one of its parts', () => {
    none(filesIn(SOURCES, '.ts').filter((file) => partOf(file) === undefined));
  });

  it('has a folder of sources for each folder of unit tests', () => {
    const tests = filesIn(MIRRORED.map((folder) => `test/${folder}`)).filter((file) => /\.(test|long)\.ts$/.test(file));
    const sources = filesIn(MIRRORED, '.ts').map((file) => `test/${file}`);
    const hasSources = (test: string): boolean =>
      sources.some((file) => file.startsWith(`${path.posix.dirname(test)}/`));
    none(tests.filter((test) => !hasSources(test)));
  });

  it('has no file over 300 lines', () => {
    const lines = (file: string): number => textOf(file).split('\n').length - 1;
    const sources = filesIn([...SOURCES, 'test', 'bench', 'scripts']).filter((file) => /\.(c|m)?(ts|js)$/.test(file));
    none(sources.filter((file) => lines(file) > LONGEST_FILE).map((file) => `${file}: ${lines(file)} lines`));
  });

  it('listens to the end of a signal in one place, which takes the listener away again', () => {
    const listens = /addEventListener\(\s*['"]abort/;
    const found = filesIn(['lib', 'nodes', 'plugins', 'simulator'], '.ts').filter((file) => listens.test(textOf(file)));
    should(found).eql(['lib/concurrency/whenAborted.ts']);
  });

  it('needs at run time only what package.json brings', () => {
    const { dependencies, peerDependencies, optionalDependencies } = manifest();
    const brought = Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies });
    // The build puts it into our own files.
    brought.push('axios', 'libphonenumber-js', 'prom-client');
    const needed = filesIn(SOURCES, '.ts')
      .flatMap(importsOf)
      .filter(({ target, typeOnly, specifier }) => !target && !typeOnly && !specifier.startsWith('node:'));
    const packageOf = (specifier: string): string => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
    none(
      needed
        .filter(({ specifier }) => !brought.includes(packageOf(specifier)))
        .map((it) => `${it.file}: ${it.specifier}`),
    );
  });
});

describe('the pages for those who work on it', () => {
  it('name files and folders that are there', () => {
    should(pathsIn('`lib/clock.ts`, `Sender.ts`, `sms/`, `msg.to`, `/push`, `a/b`')).eql([
      'lib/clock.ts',
      'Sender.ts',
      'sms/',
    ]);
    none(missingPaths(filesIn(['docs'], '.md')));
  });

  it('name classes, members and functions that are there', () => {
    should(
      namesIn('`PendingInputs.submit`, `readCommand`, `Ledger`, `Sender.ts`, `onX`, `msg.to`, `lib/clock.ts`'),
    ).eql(['PendingInputs.submit', 'readCommand']);
    none(missingNames(['docs/architecture.md', 'docs/README.md', 'docs/glossary.md']));
  });
});

describe('a finding', () => {
  it('can be run as it lies', () => {
    const scripts = readdirSync(path.resolve(__dirname, '../findings')).filter((name) => name.endsWith('.sh'));
    should(scripts).not.be.empty();
    none(scripts.filter((name) => (statSync(path.resolve(__dirname, '../findings', name)).mode & 0o111) !== 0o111));
  });
});

describe('the parts of a node', () => {
  const nodes = foldersOf('nodes');
  const plugins = foldersOf('plugins');
  const languages = foldersOf('locales');
  const present = (file: string): boolean => filesIn([file.split('/')[0] ?? '']).includes(file);

  it('are four files in its folder', () => {
    for (const name of nodes) {
      should(filesIn([`nodes/${name}`])).eql(
        NODE_PARTS(name)
          .map((part) => `nodes/${name}/${part}`)
          .sort(),
      );
    }
  });

  it('are texts in every language, with the same keys', () => {
    const needed = (language: string): string[] => [
      ...[...nodes, ...plugins].map((name) => `locales/${language}/${name}.json`),
      ...(helpLanguages.includes(language) ? nodes.map((name) => `locales/${language}/${name}.html`) : []),
    ];
    none(languages.flatMap(needed).filter((file) => !present(file)));
    const catalogues = filesIn([`locales/${MAIN_LANGUAGE}`], '.json');
    for (const language of languages) {
      for (const file of catalogues) {
        const translated = file.replace(MAIN_LANGUAGE, language);
        should(keysOf(translated)).eql(keysOf(file), `${translated} has other keys than ${file}`);
      }
    }
  });

  it('are an icon, an example and tests, for what is drawn in a flow', () => {
    const drawn = nodes.filter((name) => !isConfigNode(name));
    none(drawn.flatMap((name) => [`icons/${name}.svg`, `examples/${name}.json`]).filter((file) => !present(file)));
    const tested = filesIn(['test/nodes']).map((file) => file.split('/')[2]?.replace(/\..*$/, ''));
    none(nodes.filter((name) => !tested.includes(name)).map((name) => `test/nodes/${name}.test.ts is missing`));
  });

  it('belong to a node that exists', () => {
    const owners = ['common', ...nodes, ...plugins];
    const ownerOf = (file: string): string => file.split('/').pop()?.replace(/\..*$/, '') ?? '';
    none(filesIn(['locales', 'icons']).filter((file) => !owners.includes(ownerOf(file))));
  });
});

/** The paths of all texts of a catalogue. */
function keysOf(file: string): string[] {
  const walk = (value: unknown, at: string): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => walk(inner, `${at}.${key}`))
      : [at];
  return walk(JSON.parse(textOf(file)), '').sort();
}
