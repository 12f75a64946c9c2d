import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';
import { filesIn, textOf } from './sources';

const FOLDERS = ['lib', 'nodes', 'plugins', 'simulator', 'scripts', 'test', 'bench', 'docs', 'locales', 'examples'];
const QUOTED = /`([^`\n]+)`/g;
const IS_PATH = /^\w[\w.-]*(\/[\w.-]+)*(\/|\.(ts|mjs|cjs|json|html|sh|sql))$/;

/**
 * Returns the files and folders that pages name in backticks and that aren't there, as `page: path`. Pages may leave out the
 * beginning of a path.
 */
export function missingPaths(pages: readonly string[]): string[] {
  const known = FOLDERS.flatMap((folder) => filesIn([folder])).flatMap((file) => [`/${file}`, ...foldersOf(file)]);
  const ends = [...new Set(known)];
  const isThere = (written: string): boolean =>
    existsSync(path.join(root, written)) || ends.some((one) => one.endsWith(`/${written}`));
  return pages.flatMap((page) =>
    pathsIn(textOf(page))
      .filter((written) => !isThere(written))
      .map((written) => `${page}: ${written}`),
  );
}

/** Returns what a page has in backticks that can be nothing but the path of a file or a folder. */
export function pathsIn(text: string): string[] {
  return [...text.matchAll(QUOTED)].map(([, inside = '']) => inside).filter((inside) => IS_PATH.test(inside));
}

const foldersOf = (file: string): string[] =>
  file.split('/').map((_, place, names) => `/${names.slice(0, place).join('/')}/`);
