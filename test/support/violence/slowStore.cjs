// For a real Node-RED, by --require: what is asked of the message store's thread reaches it only after SLOW_STORE_MS, as on
// a machine that is busy.
const threads = require('node:worker_threads');

const ms = Number(process.env.SLOW_STORE_MS);

threads.Worker = class extends threads.Worker {
  postMessage(...posted) {
    setTimeout(() => super.postMessage(...posted), ms);
  }
};
