import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { pack } from '../node-red';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';
import { startStandIn } from './standIn';

const run = promisify(execFile);

/** What node-red-dev notes: a rule's name, whether it holds, and what it was found by. */
export type Scorecard = Record<string, { test?: boolean; [fact: string]: unknown }>;

/** Findings that stay: P03 wants a repository or an address for bugs in package.json, and there is none yet. */
export const KNOWN = ['P03'];

/** The rules that don't hold, sorted. */
export const failedRules = (scorecard: Scorecard): string[] =>
  Object.keys(scorecard)
    .filter((rule) => scorecard[rule]?.test === false)
    .sort();

export interface Validated {
  scorecard: Scorecard;
  /** The hosts whose answers were made on this machine. */
  unreached: Set<string>;
  /** What it printed. */
  said: string;
}

/**
 * `node-red-dev validate` over the package as npm would publish it. The tool writes its findings only if every host it
 * asks has answered, so a stand-in answers in their place; with `online` only for those that can't be reached.
 */
export async function validate({ online }: { online: boolean }): Promise<Validated> {
  const folder = temporaryFolder('validate');
  await run('tar', ['-xzf', (await pack()).file, '-C', folder]);
  const output = path.join(folder, 'scorecard.json');
  // 420 packages, which nothing but this needs.
  await run(process.execPath, [path.join(root, 'scripts/set-up.mjs'), '--validator'], { cwd: root });
  const program = path.join(root, 'test/support/node-red-dev/node_modules/node-red-dev/bin/run');
  const standIn = await startStandIn(online);
  // Some of its parts ask the registry of npm's settings, others npm's own by name.
  writeFileSync(path.join(folder, '.npmrc'), `registry=${standIn.url}\n`);
  const env: NodeJS.ProcessEnv = { ...process.env, https_proxy: standIn.url, HTTPS_PROXY: standIn.url };
  const elsewhere = /^(http_proxy|all_proxy|no_proxy|npm_config_registry|npm_config_.*proxy|NODE_V8_COVERAGE)$/i;
  for (const name of Object.keys(env).filter((one) => elsewhere.test(one))) delete env[name];
  const args = [program, 'validate', '--path', path.join(folder, 'package'), '--output', output];
  try {
    // It ends with 0 or 2 whatever it finds: only what it wrote counts.
    const running = run(process.execPath, args, { env, cwd: folder, timeout: 120_000 });
    running.child.stdin?.end();
    const said = await running.then(both, both);
    if (!existsSync(output)) throw new Error(`node-red-dev wrote no scorecard:\n${said}`);
    return { scorecard: JSON.parse(readFileSync(output, 'utf8')) as Scorecard, unreached: standIn.unreached, said };
  } finally {
    await standIn.close();
  }
}

const both = ({ stdout, stderr }: { stdout?: string; stderr?: string }): string => `${stdout ?? ''}${stderr ?? ''}`;
