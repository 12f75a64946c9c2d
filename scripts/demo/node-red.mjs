import { spawn } from 'node:child_process';
import { Failure } from '../common/failure.mjs';
import { inRoot } from '../common/paths.mjs';

// Node-RED gives its nodes 15 s to close.
const STOP_WITHIN_MS = 20_000;

/**
 * Starts Node-RED as a process of its own, its log in this terminal.
 * Returns `{ pid, started, ended, stop() }`: `started` resolves when the editor is there and the flows run
 * (or wait for node types that a changed flow needs), and rejects if the process ends before;
 * `ended` resolves when it has ended.
 * Lines of its log begin with `name`, where it has one.
 */
export function startNodeRed({ userDir, env, name }) {
  const child = spawn(process.execPath, [inRoot('node_modules', 'node-red', 'red.js'), '--userDir', userDir], {
    cwd: userDir,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.on('exit', endWithUs);
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => {
      process.off('exit', endWithUs);
      resolve(code ?? signal);
    });
  });
  const started = new Promise((resolve, reject) => {
    let seen = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(name === undefined ? chunk : `${chunk}`.replace(/^(?=.)/gm, `${name} | `));
      // Only the log up to the start is of interest; a long-running demo must not gather its whole log.
      if (seen === null) return;
      seen += chunk;
      if (!/Started flows|Waiting for missing types/.test(seen)) return;
      seen = null;
      resolve();
    });
    child.on('error', (error) => reject(new Failure(`Node-RED could not be started: ${error.message}`)));
    void ended.then((how) => reject(new Failure(`Node-RED ended before its flows ran (${how})`)));
  });
  return { pid: child.pid, started, ended, stop: () => stop(child, ended) };
}

async function stop(child, ended) {
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(patience);
}
