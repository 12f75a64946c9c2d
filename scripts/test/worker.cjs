// A process that runs test files with mocha, one after the other, as scripts/test/Worker.mjs asks for them.
// What it writes before a line with the mark belongs to one file; that line says how the file went.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const { leftBehind, state } = require('./leftBehind.cjs');

// Time for the last sockets to close after the last test.
const PATIENCE_MS = 15_000;

const [mark] = process.argv.slice(2);
const {
  require: needed,
  timeout,
  slow,
} = JSON.parse(readFileSync(path.join(__dirname, '../../.mocharc.json'), 'utf8'));
for (const name of needed) require(path.resolve(__dirname, '../..', name));

// Node has read it by now. The Node-RED processes that tests start would only measure the compiled files.
delete process.env.NODE_V8_COVERAGE;

// One stream, so that what a test logs stands where it was logged.
process.stderr.write = process.stdout.write.bind(process.stdout);

let before;
process.on('message', async ({ file, isAlone }) => {
  const used = cpuMs();
  const told = await run(file);
  told.cpuMs = cpuMs() - used;
  // With no other file to come, what is still open shows by the end of the process.
  if (!isAlone)
    told.reasons.push(...(await leftBehind(before)).map((what) => `leaves ${what} behind for the next file`));
  told.failed = Math.max(told.failed, told.reasons.length);
  process.stdout.write(`\n${mark}${JSON.stringify(told)}\n`);
});

// Nothing tells the process to exit: a test that leaves something open must show. The unref'd timer fires only then.
process.on('disconnect', () => {
  setTimeout(() => {
    const left = process.getActiveResourcesInfo().join(', ');
    process.stdout.write(`\nThe tests have ended, but these keep the process alive: ${left}\n`);
    process.exit(1);
  }, PATIENCE_MS).unref();
});

/** What this process and the programs that it started and saw ending have kept cores busy for, where the system tells. */
function cpuMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenMs();
}

function childrenMs() {
  try {
    // After the name, which may hold anything: fields 16 and 17, in hundredths of a second (proc(5)).
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

async function run(file) {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ timeout, slow, forbidOnly: true, forbidPending: true, reporter: 'spec' });
  mocha.suite.emit('pre-require', globalThis, null, mocha);
  before = state();
  mocha.addFile(file);
  try {
    mocha.loadFiles();
  } catch (error) {
    process.stdout.write(`${error.stack}\n`);
    return { passed: 0, failed: 1, skipped: 0, reasons: [`could not be loaded: ${error.message}`] };
  }
  const reasons = [];
  const stats = await new Promise((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test, error) => reasons.push(`${test.fullTitle()}: ${error.message}`));
  });
  // Else its listeners to what nobody catches stay, one more for each file.
  mocha.dispose();
  const { passes: passed, failures, pending: skipped } = stats;
  if (passed + failures + skipped === 0) reasons.push('holds no test');
  return { passed, failed: Math.max(failures, reasons.length), skipped, reasons };
}
