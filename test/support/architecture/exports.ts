import path from 'node:path';
import { fileOf } from './graph';
import { filesIn, textOf } from './sources';

/** Where a name may be imported: tests and benches count, they are what some names are exported for. */
const IMPORTERS = ['lib', 'nodes', 'plugins', 'simulator', 'test', 'bench', 'scripts'];

const COMMENT = /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm;
const DECLARED = /^export\s+(?:async\s+|abstract\s+)*(const|let|function\*?|class|interface|type|enum)\s+(\w+)/gm;
const LISTED = /^export\s+(?:type\s+)?\{([^}]*)\}/gm;
const FROM = /\b(?:import|export)\b(?:\s+type\b)?([^'"`;]*?)\bfrom\s*['"](\.[^'"]*)['"]/g;
const CALL = /\b(?:import|require)\(\s*['"](\.[^'"]*)['"]\s*\)/g;
/** All that a file exports is taken as one. */
const ALL = '*';

/**
 * Returns the exports of the files below these folders that no other file imports, as `file: name`. A type that its own file
 * uses is none of them: it stands for what a function of that file takes or gives.
 */
export function deadExports(folders: readonly string[]): string[] {
  const imported = importedNames();
  return filesIn(folders, '.ts').flatMap((file) => {
    const text = plainTextOf(file);
    const isImported = (name: string): boolean => imported.has(`${file}: ${name}`) || imported.has(`${file}: ${ALL}`);
    const dead = exportsOf(text).filter(({ name, isType }) => !isImported(name) && !(isType && isUsed(name, text)));
    return dead.map(({ name }) => `${file}: ${name}`);
  });
}

function exportsOf(text: string): { name: string; isType: boolean }[] {
  const declared = [...text.matchAll(DECLARED)].map(([, kind, name = '']) => ({
    name,
    isType: kind === 'interface' || kind === 'type',
  }));
  const listed = [...text.matchAll(LISTED)].flatMap(([, names]) => namesIn(names).map(({ outside }) => outside));
  return [...declared, ...listed.map((name) => ({ name, isType: false }))];
}

const isUsed = (name: string, text: string): boolean => text.split(new RegExp(`\\b${name}\\b`)).length > 2;

function importedNames(): Set<string> {
  const names = new Set<string>();
  for (const file of filesIn(IMPORTERS).filter((one) => /\.(c|m)?(ts|js)$/.test(one))) {
    const text = plainTextOf(file);
    const add = (specifier: string, name: string): void => {
      const target = fileOf(path.posix.join(path.posix.dirname(file), specifier));
      if (target !== undefined) names.add(`${target}: ${name}`);
    };
    for (const [, what = '', from = ''] of text.matchAll(FROM)) {
      const braces = what.match(/\{([\s\S]*)\}/)?.[1];
      for (const { inside } of braces === undefined ? [{ inside: ALL }] : namesIn(braces)) add(from, inside);
    }
    for (const [, from = ''] of text.matchAll(CALL)) add(from, ALL);
  }
  return names;
}

/** The names in braces, such as `type A, b as c`: inside the file they come from, and outside. */
function namesIn(list = ''): { inside: string; outside: string }[] {
  const names = list.split(',').map((one) => one.trim().replace(/^type\s+/, ''));
  return names
    .filter((one) => one !== '')
    .map((one) => {
      const [inside = '', outside = inside] = one.split(/\s+as\s+/);
      return { inside, outside };
    });
}

const plainTextOf = (file: string): string => textOf(file).replace(COMMENT, '');
