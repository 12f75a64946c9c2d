#!/usr/bin/env node
import { simulatorCommand } from '../../simulator/command';
import { moveStoreCommand } from './moveStoreCommand';

/** The package's command: which one is meant, its first word says. */
async function main([name = '', ...rest]: readonly string[]): Promise<void> {
  if (name === 'move-store') await moveStoreCommand(rest);
  else await simulatorCommand(name === '' ? [] : [name, ...rest]);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
