import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A failure whose message says all; its stack would only hide it. */
export class Failure extends Error {}

/** True when the module of this `import.meta.url` is what `node` was started with. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);

/** Runs a script's body; whatever goes wrong is printed and ends the process with exit code 1. */
export async function main(name, body) {
  try {
    await body();
  } catch (error) {
    console.error(`${name}: ${error instanceof Failure ? error.message : error.stack}`);
    process.exitCode = 1;
  }
}
