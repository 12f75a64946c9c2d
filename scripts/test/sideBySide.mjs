import { shown } from '../common/paths.mjs';
import { processesFor } from './files.mjs';
import { seededRandom } from './seededRandom.mjs';
import { Worker } from './Worker.mjs';

/**
 * Runs the test files of all platforms side by side, in `jobs` processes at a time, and resolves with a result for each
 * platform: `{ passed, failed, skipped, ok, reasons }`. Those that start programs of their own are at most `heavyJobs`; others
 * run many files, in an order made of a `seed`.
 *
 * @param platforms `{ name, files, node, env }`
 * @param isTold whether all output is shown, also that of files that pass
 */
export async function runSideBySide(platforms, { jobs, heavyJobs, isTold, patienceMs, seed }) {
  const random = seededRandom(seed);
  console.log(`files that share a process are in the order of TEST_SEED=${seed}`);
  const runs = platforms.map((platform) => ({
    ...platform,
    result: { passed: 0, failed: 0, skipped: 0, ok: platform.files.length > 0, reasons: [] },
  }));
  const left = runs
    .flatMap((run) => processesFor(run.files, random).map((one) => ({ ...one, run })))
    .sort((one, other) => Number(other.isHeavy) - Number(one.isHeavy));
  let heavy = 0;

  /** The next one that may start now. */
  function take() {
    const place = left.findIndex(({ isHeavy }) => !isHeavy || heavy < heavyJobs);
    return place < 0 ? undefined : left.splice(place, 1)[0];
  }

  async function work() {
    for (let next = take(); next; next = take()) {
      const weight = next.isHeavy ? 1 : 0;
      heavy += weight;
      await runAll(next);
      heavy -= weight;
    }
  }

  async function runAll({ files, run }) {
    let worker;
    for (const file of files) {
      worker ??= new Worker({ ...run, patienceMs });
      note(run, file, await worker.run(file, { isAlone: files.length === 1 }));
      if (worker.isDead) {
        await endOf(worker, run);
        worker = undefined;
      }
    }
    await endOf(worker, run);
  }

  function note({ name, result }, file, { passed, failed, skipped, reasons, output, ms, cpuMs = 0 }) {
    const where = platforms.length > 1 ? `${name}: ` : '';
    const counts = failed > 0 ? `${failed} failed, ${passed} passed` : `${passed} passed`;
    if (isTold || failed > 0) console.log(`\n${output}`);
    console.log(
      `${failed > 0 ? 'FAILED' : 'ok    '} ${where}${shown(file)} (${counts}, ${seconds(ms)} s, ${seconds(cpuMs)} s of a core)`,
    );
    result.passed += passed;
    result.skipped += skipped;
    fail(
      result,
      failed,
      reasons.map((reason) => `${shown(file)}: ${reason}`),
    );
  }

  async function endOf(worker, run) {
    const complaint = await worker?.end();
    if (complaint === undefined) return;
    console.log(`\n${run.name}: ${complaint}`);
    const lines = complaint.split('\n');
    const reason = lines.find((line) => /Error|keep the process/.test(line)) ?? lines.at(-1);
    fail(run.result, 1, [`${reason} (after ${worker.files.map(shown).join(', ')})`]);
  }

  await Promise.all(Array.from({ length: jobs }, work));
  return runs.map(({ name, result }) => ({ name: `tests, ${name}`, ...result }));
}

const seconds = (ms) => (ms / 1000).toFixed(1);

function fail(result, failed, reasons) {
  result.failed += failed;
  result.reasons.push(...reasons);
  if (failed > 0) result.ok = false;
}
