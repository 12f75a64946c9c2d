// SMS through the store on PostgreSQL, by 1, 2 and 4 workers, beside the embedded store: in turn, in one run, on one disk. And what a
// machine costs that only follows.
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startSimulator } from '../../simulator';
import { Worker } from '../../test/support/machines/Worker';
import { hasPostgres, PostgresServer } from '../../test/support/postgres';
import { temporaryFolder } from '../../test/support/temporaryFolder';
import { cpuOf, familyCpuOf } from './cpu';
import { bounded, type Line, shown } from './Line';
import { alternating, middle } from './rounds';
import { StoreWorker } from './StoreWorker';
import type { Work } from './storeWorkerProgram';

const BATCHES = 100;
const BATCH = 128;
const IDLE_MS = 20_000;

/** SMS a second of all workers; CPU an SMS of the workers, and of PostgreSQL, in ms. */
interface Run {
  perSecond: number;
  cpu: number;
  server: number;
}

export async function database(rounds: number): Promise<Line[]> {
  if (!hasPostgres()) return [{ what: 'PostgreSQL', figure: 'is not there' }];
  const server = await PostgresServer.start({ fsync: true });
  try {
    return [...(await throughput(server, rounds)), ...(await following(server))];
  } finally {
    await server.stop();
  }
}

async function throughput(server: PostgresServer, rounds: number): Promise<Line[]> {
  const connection = await server.url();
  const at = (workers: number, shape: Work['shape'], underWay: number) => (): Promise<Run> =>
    together(
      server,
      Array.from({ length: workers }, (_, place) => ({ connection, gateway: `g${place}`, shape, underWay })),
    );
  const embedded = (shape: Work['shape'], underWay: number) => (): Promise<Run> =>
    together(server, [{ file: path.join(temporaryFolder('bench'), 'm.sqlite'), gateway: 'g', shape, underWay }]);
  const runs = await alternating(rounds, {
    'the embedded store': embedded('one input', 4),
    'PostgreSQL alone, by one table and no store': () =>
      together(server, [{ connection, raw: true, gateway: 'g', shape: 'one input', underWay: 4 }]),
    'PostgreSQL, one worker': at(1, 'one input', 4),
    'PostgreSQL, 2 workers': at(2, 'one input', 4),
    'PostgreSQL, 4 workers': at(4, 'one input', 4),
    'the embedded store, 128 inputs of one': embedded('many inputs', 4),
    'PostgreSQL, one worker, 128 inputs of one': at(1, 'many inputs', 4),
  });
  const alone = middle(runs['PostgreSQL alone, by one table and no store'], (run) => run.perSecond);
  const lines = Object.entries(runs).flatMap(([name, some]): Line[] => {
    const perSecond = middle(some, (run) => run.perSecond);
    const what = `SMS lifecycles/s, batches of 128: ${name}`;
    const wanted = name === 'PostgreSQL, one worker';
    const cpu = `${shown(middle(some, (run) => run.cpu))} ms of the worker, ${shown(middle(some, (run) => run.server))} ms of PostgreSQL`;
    return [
      wanted ? bounded(17, what, perSecond, { atLeast: 8000 }) : { what, figure: shown(perSecond) },
      { what: `CPU an SMS: ${name}`, figure: cpu },
    ];
  });
  const ratio = middle(runs['PostgreSQL, one worker'], (run) => run.perSecond) / alone;
  return [...lines, { what: 'SMS lifecycles/s: PostgreSQL, one worker / PostgreSQL alone', figure: shown(ratio) }];
}

/** Several at a time, each in a process of its own, and each begins when all are ready. */
async function together(server: PostgresServer, works: readonly Omit<Work, 'batches'>[]): Promise<Run> {
  const workers = await Promise.all(works.map((work) => StoreWorker.start({ ...work, batches: BATCHES })));
  const before = familyCpuOf(server.pid);
  const worked = await Promise.all(workers.map((worker) => worker.work()));
  const sms = works.length * BATCHES * BATCH;
  return {
    perSecond: worked.reduce((sum, one) => sum + one.perSecond, 0),
    cpu: worked.reduce((sum, one) => sum + one.cpu, 0) / works.length,
    server: (familyCpuOf(server.pid) - before) / sms,
  };
}

/** What a second machine costs while nothing is sent. */
async function following(server: PostgresServer): Promise<Line[]> {
  const simulator = await startSimulator({ speed: 'fast' });
  const options = { urls: [simulator.url], connection: await server.url(), lease: 15_000 };
  const workers: Worker[] = [];
  const start = async (): Promise<void> => void workers.push(await Worker.start(options, () => undefined));
  const transactions = async (): Promise<number> => {
    const [row] = await server.query('postgres', 'SELECT sum(xact_commit)::float8 AS count FROM pg_stat_database');
    return Number(row?.count);
  };
  const idle = async (): Promise<{ follower: number; server: number; perSecond: number }> => {
    const cpu = (): number[] => [cpuOf(workers.at(-1)?.pid ?? 0), familyCpuOf(server.pid)];
    const [before, had] = [cpu(), await transactions()];
    await setTimeout(IDLE_MS);
    const [follower = 0, ofServer = 0] = cpu().map((one, place) => (100 * (one - (before[place] ?? 0))) / IDLE_MS);
    return { follower, server: ofServer, perSecond: (1000 * ((await transactions()) - had)) / IDLE_MS };
  };
  try {
    await start();
    while (workers[0]?.holds.length === 0) await setTimeout(100);
    const alone = await idle();
    await start();
    await setTimeout(10_000);
    const both = await idle();
    const what = 'idle, a follower:';
    return [
      { what: `${what} CPU`, figure: `${shown(both.follower)} %` },
      {
        what: `${what} transactions/s it adds to ${shown(alone.perSecond)}`,
        figure: shown(both.perSecond - alone.perSecond),
      },
      {
        what: `${what} CPU it adds to PostgreSQL’s ${shown(alone.server)} %`,
        figure: `${shown(both.server - alone.server)} %`,
      },
    ];
  } finally {
    await Promise.all(workers.map((worker) => worker.kill()));
    await simulator.close();
  }
}
