// One run of Stryker over one piece.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot } from '../common/paths.mjs';
import { run } from '../common/run.mjs';
import { mutationTools } from '../set-up.mjs';
import { node24 } from '../test/second-platform.mjs';

// Seconds of real time that every change to a connection, or to what reads an answer, would have to sit through.
const TOO_SLOW = [
  'is ended when it was idle for longer than small web servers wait',
  'ms after each answer',
  'takes time in proportion to its length',
];

/** Stryker's own report on a piece (mutation-testing-report-schema): `{ files: { [file]: { source, mutants } } }`. */
export async function mutate({ sources, tests, full }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dinstar-mutation-'));
  const report = path.join(folder, 'report.json');
  const config = path.join(folder, 'stryker.config.json');
  try {
    mkdirSync(inRoot('.work'), { recursive: true });
    writeFileSync(config, JSON.stringify(options({ sources, tests, report, full })));
    const program = path.join(mutationTools, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
    const before = `--require ${JSON.stringify(path.join(mutationTools, 'mocha12.cjs'))}`;
    await run('Stryker', node24(), [program, 'run', config], { env: { ...process.env, NODE_OPTIONS: before } });
    return JSON.parse(readFileSync(report, 'utf8'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const options = ({ sources, tests, report, full }) => ({
  mutate: sources,
  testRunner: 'mocha',
  // Stryker would rewrite it by TypeScript's own API, which version 7 hasn't got; nothing here needs to be rewritten.
  tsconfigFile: 'none',
  plugins: ['@stryker-mutator/mocha-runner', path.join(mutationTools, 'sentences.mjs')],
  mochaOptions: { spec: tests, grep: `^(?!.*(${TOO_SLOW.join('|')}))` },
  // Each change is tried on the tests that reach it, in a copy of the clone.
  coverageAnalysis: 'perTest',
  tempDirName: '.work/mutation',
  ignorePatterns: ['dist', 'docs/pictures', 'icons', 'examples', 'findings', 'coverage', '.node-red', 'pictures'],
  // What runs while a file is loaded (tables, patterns, schemas) would need a process of its own for each change.
  ignoreStatic: !full,
  ignorers: ['sentences'],
  concurrency: 1,
  timeoutMS: 4000,
  dryRunTimeoutMinutes: 10,
  reporters: ['json', process.stdout.isTTY ? 'progress' : 'progress-append-only'],
  jsonReporter: { fileName: report },
  allowConsoleColors: Boolean(process.stdout.isTTY),
  logLevel: 'warn',
});
