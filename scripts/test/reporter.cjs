// mocha's "spec" output, and besides the counts in a file for the summary of `npm test`.
const { writeFileSync } = require('node:fs');
const { Spec } = require('mocha').reporters;

// Time for the last sockets to close after the last test.
const PATIENCE_MS = 15_000;

class TallyingSpec extends Spec {
  done(failures, callback) {
    const { passes, pending } = this.stats;
    const tally = { passed: passes, failed: failures, skipped: pending, leftOpen: [] };
    writeTally(tally);
    // mocha isn't told to exit: a test that leaves something open must show. The unref'd timer fires only then.
    setTimeout(() => {
      const leftOpen = process.getActiveResourcesInfo();
      console.error(`\nThe tests have ended, but these keep the process alive: ${leftOpen.join(', ')}`);
      writeTally({ ...tally, leftOpen });
      process.exit(1);
    }, PATIENCE_MS).unref();
    callback?.(failures);
  }
}

function writeTally(tally) {
  if (process.env.TEST_TALLY) writeFileSync(process.env.TEST_TALLY, JSON.stringify(tally));
}

module.exports = TallyingSpec;
