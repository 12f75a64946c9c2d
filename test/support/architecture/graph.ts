import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';
import { filesIn, importsOf } from './sources';

/** Who imports whom: each name with the names it imports. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns the source file an import's target stands for; undefined when there is none. */
export function fileOf(target: string): string | undefined {
  return [`${target}.ts`, `${target}/index.ts`, target].find(
    (file) => /\.\w+$/.test(file) && existsSync(path.join(root, file)),
  );
}

/** Returns which file imports which, types included, below these folders. */
export function fileGraph(folders: readonly string[]): Graph {
  const targets = (file: string): string[] =>
    importsOf(file).flatMap(({ target }) => (target === undefined ? [] : (fileOf(target) ?? [])));
  return new Map(filesIn(folders, '.ts').map((file) => [file, new Set(targets(file))]));
}

/**
 * Returns which place directly in a folder (a folder, or a file that lies there by itself) imports which other.
 * What `index.ts` passes on is left out: it is the folder's face, which only those outside look at.
 * @param withLoose whether files that lie there by themselves count
 */
export function roomGraph(files: Graph, folder: string, withLoose = true): Graph {
  const roomOf = (file: string): string | undefined => {
    const [room, ...inside] = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1).split('/') : [];
    return withLoose || inside.length > 0 ? room : undefined;
  };
  const rooms = new Map<string, Set<string>>();
  for (const [file, targets] of files) {
    const from = roomOf(file);
    if (from === undefined || from === 'index.ts') continue;
    const known = rooms.get(from) ?? new Set();
    rooms.set(from, known);
    for (const target of targets) {
      const to = roomOf(target);
      if (to !== undefined && to !== from) known.add(to);
    }
  }
  return rooms;
}

/** Returns the circles of a graph: sets of names each of which reaches all the others, as far as there are several. */
export function circlesOf(graph: Graph): string[][] {
  const reach = new Map([...graph.keys()].map((name) => [name, reachedFrom(graph, name)]));
  const left = new Set(graph.keys());
  const circles: string[][] = [];
  for (const name of graph.keys()) {
    if (!left.has(name) || !reach.get(name)?.has(name)) continue;
    const circle = [...left].filter((other) => reach.get(name)?.has(other) && reach.get(other)?.has(name));
    for (const other of circle) left.delete(other);
    circles.push(circle.sort());
  }
  return circles;
}

function reachedFrom(graph: Graph, start: string): Set<string> {
  const reached = new Set<string>();
  const open = [start];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const next of graph.get(name) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      open.push(next);
    }
  }
  return reached;
}
