import { startNodeRed } from '../demo/node-red.mjs';

/** One of the demo's machines: a Node-RED that is started, paused, killed and started again. */
export class Machine {
  #nodeRed;
  #isPaused = false;
  /** Somebody ends it. */
  #isEnding = false;

  /** `{ name, url, userDir, env }`: what it is called, where its editor is, and what its process is given. */
  constructor(options) {
    this.options = options;
  }

  get name() {
    return this.options.name;
  }

  /** `starting`, `running`, `paused` or `dead`. */
  state = 'dead';

  /** Resolves when its flows run; rejects where it ends before. */
  async start() {
    if (this.#nodeRed) return;
    const nodeRed = startNodeRed(this.options);
    this.#nodeRed = nodeRed;
    this.#isPaused = false;
    this.#isEnding = false;
    this.state = 'starting';
    void nodeRed.ended.then(() => {
      this.#nodeRed = undefined;
      this.state = 'dead';
    });
    try {
      await nodeRed.started;
    } catch (error) {
      if (!this.#isEnding) throw error;
    }
    if (this.#nodeRed === nodeRed && !this.#isPaused) this.state = 'running';
  }

  /** Ends it as a power cut would. */
  kill() {
    this.#isEnding = true;
    this.#signal('SIGKILL');
  }

  /** It stands still, as one does whose hypervisor has other things to do. */
  pause() {
    if (!this.#nodeRed) return;
    this.#signal('SIGSTOP');
    this.#isPaused = true;
    this.state = 'paused';
  }

  goOn() {
    if (!this.#isPaused) return;
    this.#signal('SIGCONT');
    this.#isPaused = false;
    this.state = 'running';
  }

  /** Ends it politely; resolves when it has ended. */
  async stop() {
    this.#isEnding = true;
    this.goOn();
    await this.#nodeRed?.stop();
  }

  #signal(signal) {
    if (this.#nodeRed) process.kill(this.#nodeRed.pid, signal);
  }
}
