import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The clone's folder. */
export const root = path.resolve(__dirname, '..', '..');

/** What the tests read of package.json. */
export interface Manifest {
  name: string;
  version: string;
  keywords: string[];
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  'node-red': { nodes: Record<string, string>; plugins?: Record<string, string> };
}

/** package.json as it is now (the build writes the list of node sets into it). */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
}
