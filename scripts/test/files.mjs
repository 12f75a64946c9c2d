import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { inRoot, root, shown } from '../common/paths.mjs';

// Rooms whose tests start programs: Node-RED, a browser, npm. They come first, as the longest ones.
const HEAVY = ['test/package', 'test/editor', 'test/process', 'test/violence'];

/** The files below `test/` whose names end so. Throws when there are none. */
export function filesEndingWith(ending) {
  const found = below(inRoot('test')).filter((file) => file.endsWith(ending));
  if (found.length === 0) throw new Failure(`there are no test files *${ending}`);
  return found;
}

/** The files that need neither a build nor Node-RED. */
export const unitFiles = () => filesEndingWith('.test.ts').filter(isUnit);

const isUnit = (file) => /^test\/(lib|manual|simulator)\//.test(shown(file));

// They count V8's work, or look at what their process holds.
const COUNTS_ITS_PROCESS = /CountedWork|support\/fuzz|process\.memoryUsage|getActiveResourcesInfo|getHeapStatistics/;

/** Whether a file may run in a process in which others ran before it: it starts no program and looks at nothing of the process. */
export const sharesProcess = (file) => isUnit(file) && !COUNTS_ITS_PROCESS.test(readFileSync(file, 'utf8'));

/** All TypeScript that tests load or start. */
export function sources() {
  const folders = ['lib', 'nodes', 'plugins', 'simulator', 'test'];
  return folders.flatMap((folder) => below(inRoot(folder))).filter((file) => /(?<!\.d)\.ts$/.test(file));
}

/** The files that somebody has named, or those below a folder. Throws when there is none of that name. */
export function filesNamed(names) {
  return names.flatMap((name) => {
    const file = path.resolve(root, name);
    if (!existsSync(file)) throw new Failure(`there is no test file ${name}`);
    if (!statSync(file).isDirectory()) return [file];
    const found = below(file).filter((one) => one.endsWith('.test.ts'));
    if (found.length === 0) throw new Failure(`${name} holds no test file`);
    return found;
  });
}

/** Whether a file starts programs of its own, which need a core each. */
export const isHeavy = (file) => HEAVY.some((room) => shown(file).startsWith(`${room}/`));

/**
 * Those that take long first, so that nothing long is left for the end: by room, then by size. Those that share processes are
 * last, in an order made of `random` numbers (0 to 1): what one of them needs of another shows sooner or later.
 */
export function byNeed(files, random) {
  const rank = (file) => (isHeavy(file) ? 0 : shown(file).startsWith('test/nodes/') ? 1 : 2);
  const size = (file) => statSync(file).size;
  const alone = files.filter((file) => !sharesProcess(file));
  const sharing = files.filter(sharesProcess).map((file) => ({ file, place: random() }));
  return [
    ...alone.sort((one, other) => rank(one) - rank(other) || size(other) - size(one)),
    ...sharing.sort((one, other) => one.place - other.place).map(({ file }) => file),
  ];
}

function below(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules') return [];
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? below(file) : [file];
  });
}
