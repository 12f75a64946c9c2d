// Loaded into a Node-RED process before anything else: prints every log entry of any level, whole, and all that goes to the
// browser; at SIGUSR2 it lets the process crash.
const { EventEmitter } = require('node:events');
const { inspect } = require('node:util');

// A crash ends the process at once: what the pipe had no room for would never be read.
for (const stream of [process.stdout, process.stderr]) stream._handle?.setBlocking?.(true);

const all = { depth: 12, showHidden: true, maxStringLength: 100_000 };
const TO_THE_BROWSER = ['comms', 'node-status', 'runtime-event'];

const loaded = (end) =>
  Object.values(require.cache).find((module) => module?.filename?.replaceAll('\\', '/').endsWith(end))?.exports;
const say = (kind, value) => process.stdout.write(`TAP-${kind} ${inspect(value, all)}\n`);

const timer = setInterval(() => {
  const log = loaded('@node-red/util/lib/log.js');
  const events = loaded('@node-red/util/lib/events.js');
  if (!log?.addHandler || !events?.emit) return;
  clearInterval(timer);
  log.addHandler(new EventEmitter().on('log', (entry) => say('LOG', entry)));
  const emit = events.emit;
  events.emit = function (name, ...values) {
    if (TO_THE_BROWSER.includes(name)) say('BROWSER', values);
    return emit.call(this, name, ...values);
  };
}, 5);

process.on('SIGUSR2', () => {
  throw new Error('the tap lets it crash');
});
