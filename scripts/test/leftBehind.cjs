// What a test file leaves behind in its process, where the next one would meet it.
const { createHook } = require('node:async_hooks');
const { setTimeout: pause } = require('node:timers/promises');

// Time for the last sockets to close after the last test.
const PATIENCE_MS = 15_000;
// On a machine that stood still meanwhile the time is over before anything had its turn.
const LEAST_LOOKS = 30;
// Set by a library that a test loads (tslib).
const LIBRARYS = /^__[a-z]/;
const EVENTS = [
  'uncaughtException',
  'unhandledRejection',
  'rejectionHandled',
  'warning',
  'SIGINT',
  'SIGTERM',
  'SIGHUP',
];

// It sets a global when it is loaded.
require('should');

/** How the process is now, for `leftBehind`. */
exports.state = () => ({
  folder: process.cwd(),
  globals: Object.getOwnPropertyNames(globalThis).filter((name) => !LIBRARYS.test(name)),
  environment: { ...process.env },
  listeners: EVENTS.map((event) => process.listenerCount(event)),
  open: process.getActiveResourcesInfo(),
});

/** Resolves with what is other than it was `before`, each named in a few words; what is open has some time to close. */
exports.leftBehind = async (before) => {
  const until = Date.now() + PATIENCE_MS;
  const open = () => beyond(process.getActiveResourcesInfo(), before.open);
  for (let looks = 0, ms = 1; open().length > 0 && (looks < LEAST_LOOKS || Date.now() < until); looks++) {
    await pause(ms, undefined, { ref: false });
    ms = Math.min(ms * 2, 100);
  }
  const now = exports.state();
  const immediates = open().includes('Immediate') ? await whoAsksForImmediates() : [];
  const names = new Set([...Object.keys(before.environment), ...Object.keys(now.environment)]);
  return [
    ...open()
      .filter((what) => what !== 'Immediate')
      .map((what) => `an open ${what}`),
    ...immediates.map((who) => `an Immediate that is asked for again and again, ${who},`),
    ...beyond(now.globals, before.globals).map((name) => `the global ${String(name)}`),
    ...[...names]
      .filter((name) => before.environment[name] !== now.environment[name])
      .map((name) => `another value of the environment variable ${name}`),
    ...EVENTS.filter((_, place) => now.listeners[place] > before.listeners[place]).map(
      (event) => `a listener of the process to ${event}`,
    ),
    ...(now.folder === before.folder ? [] : [`another working folder, ${now.folder},`]),
  ];
};

/**
 * Who asks for immediates now: each runs in the turn after it was asked for, so one that is open all the time is asked for anew.
 * Node may also count one that has run.
 */
async function whoAsksForImmediates() {
  const askers = new Set();
  const hook = createHook({
    init(_id, type) {
      if (type === 'Immediate') askers.add(callers());
    },
  }).enable();
  for (let looks = 0; looks < LEAST_LOOKS; looks++) await pause(10, undefined, { ref: false });
  hook.disable();
  return [...askers].slice(0, 3);
}

const callers = () =>
  (new Error().stack ?? '')
    .split('\n')
    .filter((line) => line.includes(' at ') && !line.includes('node:internal') && !line.includes(__filename))
    .map((line) => line.trim())
    .join(' ');

/** What `now` has more of than `before`. */
function beyond(now, before) {
  const left = [...before];
  return now.filter((one) => {
    const place = left.indexOf(one);
    if (place >= 0) left.splice(place, 1);
    return place < 0;
  });
}
