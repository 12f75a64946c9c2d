import { readFileSync } from 'node:fs';
import { readSwitches } from './control/cliSwitches';
import { usage } from './control/usage';
import { startSimulator } from './startSimulator';

/** Starts the simulated gateway from the command line; a mistake in the switches ends with exit code 2. */
export async function simulatorCommand(args: readonly string[]): Promise<void> {
  const asked = readSwitches(args, (path) => readFileSync(path, 'utf8'));
  if ('help' in asked) {
    process.stdout.write(usage);
    return;
  }
  if ('mistake' in asked) {
    process.stderr.write(`${asked.mistake}\n\nTry: node-red-dinstar simulator --help\n`);
    process.exitCode = 2;
    return;
  }
  const simulator = await startSimulator(asked.options);
  process.stdout.write(`Simulated gateway ${simulator.sn} at ${simulator.url}\nIts page: ${simulator.url}/\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void simulator.close());
}
