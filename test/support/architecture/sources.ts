import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';

/** One import of one file. */
export interface Import {
  /** The importing file, from the clone's folder, with forward slashes. */
  file: string;
  /** What it names, as written. */
  specifier: string;
  /** The file or folder in the clone it points to; undefined for a package or a part of Node. */
  target: string | undefined;
  /** True when only types are taken, so that nothing is left of it at run time. */
  typeOnly: boolean;
}

// `import … from`, `export … from` (over several lines, too), `import '…'`, `import('…')` and `require('…')`.
const FROM = /^\s*(?:import|export)\b(\s+type\b(?!\s*,|\s+from))?([^'"`;]*?)\bfrom\s*['"]([^'"]+)['"]/gm;
const BARE = /^\s*import\s*['"]([^'"]+)['"]/gm;
const CALL = /\b(typeof\s+)?(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All files below these folders of the clone, from its root, sorted. */
export function filesIn(folders: readonly string[], ending = ''): string[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) => below(folder))
    .filter((file) => file.endsWith(ending))
    .sort();
}

function below(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : below(name);
    return entry.isFile() ? [name] : [];
  });
}

/** The text of a file of the clone. */
export const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every import of a TypeScript file. */
export const importsOf = (file: string): Import[] => importsIn(file, textOf(file));

/** Every import in the text of a TypeScript file. */
export function importsIn(file: string, source: string): Import[] {
  const text = source.replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, '');
  return [
    ...[...text.matchAll(FROM)].map(([, type, names, from]) => entry(file, from, Boolean(type) || onlyTypes(names))),
    ...[...text.matchAll(BARE)].map(([, from]) => entry(file, from, false)),
    ...[...text.matchAll(CALL)].map(([, type, from]) => entry(file, from, Boolean(type))),
  ];
}

// `import { type A, type B }` takes types only, too.
function onlyTypes(names = ''): boolean {
  const braces = names.match(/^\s*\{([\s\S]*)\}\s*$/)?.[1];
  const taken = braces?.split(',').filter((name) => name.trim() !== '');
  return taken?.every((name) => /^\s*type\s/.test(name)) ?? false;
}

function entry(file: string, specifier = '', typeOnly: boolean): Import {
  const local = specifier.startsWith('.');
  const target = local ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)) : undefined;
  return { file, specifier, target, typeOnly };
}
