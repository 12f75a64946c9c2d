import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../common/paths.mjs';
import { exitCodeOf } from '../common/run.mjs';
import { exclusions } from './coverage.mjs';

const MOCHA = inRoot('node_modules', 'mocha', 'bin', 'mocha.js');
const C8 = inRoot('node_modules', 'c8', 'bin', 'c8.js');

/**
 * One run of mocha: `{ passed, failed, skipped, ok, remark? }`. A run that died before its end counts as one failure.
 * `node` is the program to run it with; `covered` measures the line coverage by .c8rc.json, and too little is a failure.
 */
export async function runMocha({ files, node = process.execPath, env = {}, covered = false }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-tally-'));
  const tallyFile = path.join(folder, 'tally.json');
  const mocha = [MOCHA, '--reporter', inRoot('scripts', 'test', 'reporter.cjs'), ...files];
  try {
    const code = await exitCodeOf(node, covered ? [C8, ...(await exclusions()), node, ...mocha] : mocha, {
      env: { ...process.env, ...env, TEST_TALLY: tallyFile },
    });
    return result(code, tallyFile);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function result(code, tallyFile) {
  if (!existsSync(tallyFile)) return { passed: 0, failed: 1, skipped: 0, ok: false, remark: 'ended before its time' };
  const { passed, failed, skipped, leftOpen } = JSON.parse(readFileSync(tallyFile, 'utf8'));
  const remark = remarkOn({ failed, leftOpen, code });
  const all = failed === 0 && remark ? 1 : failed;
  return { passed, failed: all, skipped, ok: all === 0, remark };
}

// Every test passed and yet the run went wrong.
function remarkOn({ failed, leftOpen, code }) {
  if (leftOpen.length > 0) return 'left something open';
  if (failed === 0 && code !== 0) return 'too little coverage, or an error after the last test';
  return undefined;
}
