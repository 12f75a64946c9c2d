import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../freePort';
import { LoggedProcess } from '../LoggedProcess';
import { ALERTS } from '../monitoring';
import { temporaryFolder } from '../temporaryFolder';

const PROMETHEUS = '/usr/bin/prometheus';
const PROMTOOL = '/usr/bin/promtool';

export const isInstalled = existsSync(PROMETHEUS) && existsSync(PROMTOOL);

/** A time series as Prometheus answers it. */
export interface Series {
  metric: Record<string, string>;
  value: [at: number, value: string];
}

interface Answer<T> {
  status: string;
  error?: string;
  data: T;
}

/** A real Prometheus on 127.0.0.1 that scrapes each second and evaluates the shipped alert rules. */
export interface Prometheus {
  /** Evaluates an expression; rejects with Prometheus' own words where it can't. */
  ask(expr: string): Promise<Series[]>;
  /** The alerts that are pending or fire now, as `name state`. */
  alerts(): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * Starts one.
 * @param scrape the path, the address and the bearer token that it is told
 * @param hold what the rules wait for in the place of minutes, so that a test needn't
 */
export async function startPrometheus(
  { target, path, token }: { target: string; path: string; token: string },
  hold: string,
): Promise<Prometheus> {
  const folder = temporaryFolder('prometheus');
  const rules = (await readFile(ALERTS, 'utf8')).replace(/^( +for:) \d+m$/gm, `$1 ${hold}`);
  await writeFile(join(folder, 'alerts.yml'), rules);
  await writeFile(join(folder, 'prometheus.yml'), configFor(target, path, token));
  const port = await freePort();
  const args = [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ];
  const child = new LoggedProcess(PROMETHEUS, args, { cwd: folder, env: { GOMAXPROCS: '1' } });
  await child.waitForLog(/Server is ready to receive web requests/, 30_000).catch(async (error: Error) => {
    await child.stop();
    throw error;
  });
  const get = async <T>(question: string): Promise<T> => {
    const answer = (await (await fetch(`http://127.0.0.1:${port}/api/v1/${question}`)).json()) as Answer<T>;
    if (answer.status !== 'success') throw new Error(answer.error);
    return answer.data;
  };
  return {
    ask: async (expr) => (await get<{ result: Series[] }>(`query?query=${encodeURIComponent(expr)}`)).result,
    alerts: async () => {
      const { alerts } = await get<{ alerts: { labels: Record<string, string>; state: string }[] }>('alerts');
      return alerts.map(({ labels, state }) => `${labels.alertname} ${state}`);
    },
    stop: async () => void (await child.stop()),
  };
}

const configFor = (target: string, path: string, token: string): string => `
global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: [alerts.yml]
scrape_configs:
  - job_name: gsm
    metrics_path: ${path}
    authorization: { credentials: ${token} }
    static_configs: [{ targets: ['${target}'] }]
`;

const run = promisify(execFile);

/** Runs promtool; rejects with what it says where it finds something. Resolves with all it printed. */
export async function promtool(...args: string[]): Promise<string> {
  const { stdout, stderr } = await run(PROMTOOL, args);
  return stdout + stderr;
}

/** What promtool says of a scrape; empty = nothing. */
export function checkMetrics(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(PROMTOOL, ['check', 'metrics'], (error, stdout, stderr) =>
      // It ends with 3 where it has something to say.
      error && error.code !== 3 ? reject(error) : resolve(stdout + stderr),
    );
    child.stdin?.end(text);
  });
}

/** The alert rules beside the file that promtool tries them by. */
export const ALERTS_TRIED = join(__dirname, '..', '..', 'process', 'prometheus', 'alerts.promtool.yml');
