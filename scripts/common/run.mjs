import { spawn } from 'node:child_process';
import { Failure } from './failure.mjs';
import { root } from './paths.mjs';

/**
 * Runs a program with the terminal's own output and resolves with its exit code.
 * A signal or a program that can't be started rejects.
 */
export function exitCodeOf(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    child.on('error', (error) => reject(new Failure(`${command} could not be started: ${error.message}`)));
    child.on('close', (code, signal) =>
      code === null ? reject(new Failure(`${command} was ended by ${signal}`)) : resolve(code),
    );
  });
}

/** Runs a program and rejects with `what` in the message when it doesn't end with 0. */
export async function run(what, command, args, options) {
  const code = await exitCodeOf(command, args, options);
  if (code !== 0) throw new Failure(`${what} failed (exit code ${code})`);
}
