import { cpSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { npm } from '../npm';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';

/** The package as npm would publish it from the built clone. */
export interface Packed {
  /** The .tgz file. */
  file: string;
  /** What it holds, by paths inside the package, with sizes in bytes. */
  content: { path: string; size: number }[];
}

let packing: Promise<Packed> | undefined;

/** Packs the clone, once in a run. It must have been built. */
export function pack(): Promise<Packed> {
  packing ??= packNow();
  return packing;
}

async function packNow(): Promise<Packed> {
  const folder = temporaryFolder('pack');
  const answer = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root);
  const [packed] = JSON.parse(answer) as { filename: string; files: Packed['content'] }[];
  if (!packed) throw new Error(`npm pack answered ${answer}`);
  return { file: path.join(folder, packed.filename), content: packed.files };
}

let installing: Promise<string> | undefined;

/** Installs the packed package into a user directory, the way Node-RED's palette manager does; by npm once in a run. */
export async function installInto(userDir: string): Promise<void> {
  installing ??= installNow();
  const installed = await installing;
  for (const name of readdirSync(installed))
    cpSync(path.join(installed, name), path.join(userDir, name), { recursive: true });
}

/** A folder with what npm makes of an empty one. */
async function installNow(): Promise<string> {
  const folder = temporaryFolder('installed');
  const { file } = await pack();
  const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  await npm(['install', file, '--prefix', folder, '--omit=dev', '--prefer-offline', ...quiet], folder);
  return folder;
}
