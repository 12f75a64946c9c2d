import { shown } from '../common/paths.mjs';
import { byNeed, isHeavy, sharesProcess } from './files.mjs';
import { seededRandom } from './seededRandom.mjs';
import { Worker } from './Worker.mjs';

// A process costs a second before its first test; one for all would grow without end.
const FILES_A_PROCESS = 40;

/**
 * Runs the test files of all platforms side by side, `jobs` at a time, and resolves with a result for each platform:
 * `{ passed, failed, skipped, ok, remark? }`. Files that start programs of their own run at most `heavyJobs` at a time;
 * unit tests share processes, in an order made of a `seed`.
 *
 * @param platforms `{ name, files, node, env }`
 * @param isTold whether all output is shown, also that of files that pass
 */
export async function runSideBySide(platforms, { jobs, heavyJobs, isTold, patienceMs, seed }) {
  const random = seededRandom(seed);
  console.log(`unit tests in the order of TEST_SEED=${seed}`);
  const runs = platforms.map((platform) => ({
    ...platform,
    left: byNeed(platform.files, random),
    result: { passed: 0, failed: 0, skipped: 0, ok: platform.files.length > 0, reasons: [] },
  }));
  let heavy = 0;

  /** The next file: of `wanted` if it has one that may start now. */
  function take(wanted) {
    const others = runs.filter((run) => run !== wanted).sort((one, other) => other.left.length - one.left.length);
    for (const run of [wanted, ...others]) {
      const place = run.left.findIndex((file) => heavy < heavyJobs || !isHeavy(file));
      if (place >= 0) return { run, file: run.left.splice(place, 1)[0] };
    }
    return undefined;
  }

  /** Unit tests share a process; what another file leaves behind, such as a Node-RED, must not meet the next one. */
  function mayGoOn(worker, its, next) {
    if (!worker || its !== next.run || worker.files.length >= FILES_A_PROCESS) return false;
    return [...worker.files.slice(-1), next.file].every(sharesProcess);
  }

  async function work(wanted) {
    let worker;
    let its;
    for (let next = take(wanted); next; next = take(wanted)) {
      if (!mayGoOn(worker, its, next)) {
        await endOf(worker, its);
        worker = new Worker({ ...next.run, patienceMs });
        its = next.run;
      }
      const weight = isHeavy(next.file) ? 1 : 0;
      heavy += weight;
      const told = await worker.run(next.file, { isAlone: !sharesProcess(next.file) });
      heavy -= weight;
      note(its, next.file, told);
      if (worker.isDead) worker = undefined;
    }
    await endOf(worker, its);
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

  const slots = Array.from({ length: jobs }, (_, slot) => runs[slot % 4 === 3 ? runs.length - 1 : 0]);
  await Promise.all(slots.map(work));
  return runs.map(({ name, result }) => ({ name: `tests, ${name}`, ...result }));
}

const seconds = (ms) => (ms / 1000).toFixed(1);

function fail(result, failed, reasons) {
  result.failed += failed;
  result.reasons.push(...reasons);
  if (failed > 0) result.ok = false;
}
