import path from 'node:path';
import { circlesOf, type Graph, roomGraph } from '../../test/support/architecture/graph';
import { importsIn } from '../../test/support/architecture/sources';

/** How the files of a revision depend on one another. */
export interface Structure {
  /** Circles of files, with what only types bring in, and how many files are in one. */
  circles: number;
  inCircles: number;
  /** Circles of folders and files that lie side by side. */
  folderCircles: number;
  /** Imports of lib/messaging from outside that pass by its `index.ts`. */
  deepImports: number;
  /** Base names of files that occur more than once, but for those of which each node has one and `index`. */
  sharedNames: number;
}

const EACH_HAS = new Set(['config.ts', 'editor.ts', 'index.ts']);
const MESSAGING = 'lib/messaging';

/** The structure of the product's files, by their texts. */
export function structureOf(product: ReadonlyMap<string, string>): Structure {
  const fileOf = (target: string): string | undefined =>
    [`${target}.ts`, `${target}/index.ts`, target].find((file) => product.has(file));
  const imports = [...product].flatMap(([file, text]) => importsIn(file, text));
  const graph: Graph = new Map(
    [...product.keys()].map((file) => [
      file,
      new Set(imports.flatMap((one) => (one.file === file && one.target ? (fileOf(one.target) ?? []) : []))),
    ]),
  );
  const folders = new Set([...product.keys()].map((file) => path.posix.dirname(file)).flatMap(withParents));
  const circles = circlesOf(graph);
  const names = [...product.keys()].map((file) => path.posix.basename(file)).filter((name) => !EACH_HAS.has(name));
  const shared = [...new Set(names)].filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  return {
    circles: circles.length,
    inCircles: circles.flat().length,
    folderCircles: [...folders].flatMap((folder) => circlesOf(roomGraph(graph, folder, folder !== 'lib/runtime')))
      .length,
    deepImports: imports.filter(({ file, target }) => !isMessaging(file) && target && isMessaging(target)).length,
    sharedNames: shared.length,
  };
}

const isMessaging = (file: string): boolean => file.startsWith(`${MESSAGING}/`);

const withParents = (folder: string): string[] =>
  folder.split('/').map((_, place, names) => names.slice(0, place + 1).join('/'));
