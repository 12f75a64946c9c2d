import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { inRoot, root } from '../common/paths.mjs';

const SCRIPT = inRoot('scripts', 'test', 'worker.cjs');

/** A process that runs one test file after the other. */
export class Worker {
  #mark = `${randomUUID()} `;
  #child;
  #output = '';
  #waiting;
  #ended;
  #patienceMs;

  /** `node` is the program it runs on; a file that takes longer than `patienceMs` ends the process. */
  constructor({ node, env, patienceMs }) {
    this.#patienceMs = patienceMs;
    const colours = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    this.#child = spawn(node, [SCRIPT, this.#mark], {
      cwd: root,
      env: { ...process.env, ...colours, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => this.#hear(text));
    }
    this.#child.on('error', (error) => this.#hear(`${error.message}\n`));
    this.#ended = this.#untilEnded();
    this.#ended.then(([code, signal]) => {
      this.isDead = true;
      this.#tell({
        passed: 0,
        failed: 1,
        skipped: 0,
        reasons: [`the process ended before its time (${signal ?? code})`],
      });
    });
  }

  isDead = false;
  /** All it was asked to run. */
  files = [];

  /**
   * Runs a file, with no other one after it when it `isAlone`, and resolves with `{ passed, failed, skipped, reasons, output, ms }`, also when the process dies of it;
   * `isDead` then says so.
   */
  run(file, { isAlone }) {
    const began = Date.now();
    this.files.push(file);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#hear(`no end after ${this.#patienceMs / 60_000} minutes\n`);
        this.#child.kill('SIGKILL');
      }, this.#patienceMs);
      this.#waiting = (told) => {
        clearTimeout(timer);
        resolve({ ...told, output: this.#output.trim(), ms: Date.now() - began });
        this.#output = '';
      };
      if (this.isDead) this.#tell({ passed: 0, failed: 1, skipped: 0, reasons: ['the process could not be started'] });
      else this.#child.send({ file, isAlone }, () => undefined);
    });
  }

  /** Lets the process come to its end; resolves with what it said when that went wrong, or undefined. */
  async end() {
    if (this.#child.connected) this.#child.disconnect();
    const [code] = await this.#ended;
    return code === 0 ? undefined : this.#output.trim() || `a process ended with ${code}`;
  }

  // Not by "close": Node never tells it when the channel was closed from this side.
  async #untilEnded() {
    const { stdout, stderr } = this.#child;
    const silent = Promise.all([once(stdout, 'close'), once(stderr, 'close')]);
    const ended = await once(this.#child, 'exit').catch(() => [1, null]);
    // A program that a test has left behind may hold the streams open.
    await Promise.race([silent, pause(1000, undefined, { ref: false })]);
    return ended;
  }

  #hear(text) {
    this.#output += text;
    const place = this.#output.indexOf(this.#mark);
    const end = place < 0 ? -1 : this.#output.indexOf('\n', place);
    if (end < 0) return;
    const told = JSON.parse(this.#output.slice(place + this.#mark.length, end));
    const rest = this.#output.slice(end + 1);
    this.#output = this.#output.slice(0, place);
    this.#tell(told);
    this.#output = rest;
  }

  #tell(told) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.(told);
  }
}
