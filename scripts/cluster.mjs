// `npm run demo:cluster`: two Node-REDs with one flow that share their SMS by a PostgreSQL, two simulated gateways, and a page that
// shows which machine holds which of them. All of it on 127.0.0.1, all of it ends with Ctrl-C.
//   PAGE_PORT             the page's TCP port (default 1879, or the next free one)
//   PORT, PORT_2          the editors' (default 1881 and 1882, or the next free ones)
//   DINSTAR_CLUSTER_DIR   another place than .node-red-cluster/ for the two user directories
//   DEMO_SKIP_BUILD       take dist/ as it is
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build } from './build.mjs';
import { Machine } from './cluster/Machine.mjs';
import { openPage } from './cluster/page.mjs';
import { readState } from './cluster/readState.mjs';
import { Failure, main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { choosePort } from './demo/ports.mjs';
import { prepareUserDir } from './demo/user-dir.mjs';
import { whenNpmEnds } from './demo/whenNpmEnds.mjs';
import { setUp, setUpPostgres } from './set-up.mjs';

const LOGIN = { username: 'admin', password: 'admin' };
const FLOWS = inRoot('scripts', 'cluster', 'flows.json');
const INCOMING_EVERY_SECONDS = 20;
const FIRST_PORTS = { page: 1879, one: 1881, two: 1882, simulators: [8095, 8096] };
const LEASE_SECONDS = 15;

const require = createRequire(import.meta.url);
const flow = () => JSON.parse(readFileSync(FLOWS, 'utf8'));
/** Ports that were promised, and are perhaps not taken yet. */
const promised = [];

await main('demo:cluster', async () => {
  if (!process.env.DEMO_SKIP_BUILD) {
    await setUp();
    await build();
  }
  await setUpPostgres();
  const ends = [];
  try {
    await run(ends);
  } finally {
    // The last one that came goes first.
    for (const end of ends.reverse()) await end().catch((error) => console.error(error.message));
  }
});

async function run(ends) {
  const stopped = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
    whenNpmEnds(resolve);
  });
  const server = await startPostgres();
  ends.push(() => server.stop('fast'));
  const connection = await server.url();
  const simulators = await startSimulators(ends);
  const machines = await makeMachines(simulators, connection);
  ends.push(() => Promise.all(machines.map((machine) => machine.stop())));
  const page = await portFor('PAGE_PORT', FIRST_PORTS.page, 'the page');
  const getState = () => stateOf({ server, connection, simulators, machines });
  const { close } = await openPage({ port: page, machines, getState });
  ends.push(close);
  console.log(`\nThe page:  http://127.0.0.1:${page}/\n`);
  const started = Promise.all(machines.map((machine) => machine.start())).then(() =>
    console.log(
      `\nThe page:  http://127.0.0.1:${page}/\n${machines.map(({ name, options: { url } }) => `${name}: ${url}\n`).join('')}(Ctrl-C stops all of it)\n`,
    ),
  );
  await Promise.race([stopped, started.then(() => stopped)]);
}

/** A real one, as the tests have it, in a folder that goes with this process. */
async function startPostgres() {
  require('./typescript/register.cjs');
  const { hasPostgres, PostgresServer } = require('../test/support/postgres');
  if (!hasPostgres()) {
    throw new Failure(
      'there is no PostgreSQL on this machine, and npm has none for it: install one, such as with "apt install postgresql"',
    );
  }
  return PostgresServer.start({ fsync: true });
}

async function startSimulators(ends) {
  const { startSimulator } = require('../dist/simulator');
  const simulators = [];
  for (const [place, letter] of ['A', 'B'].entries()) {
    const simulator = await startSimulator({
      ...{ port: await portFor(`SIMULATOR_PORT_${letter}`, FIRST_PORTS.simulators[place], 'a simulator') },
      ...{
        sn: `dbd2-0000-000${place + 1}`,
        speed: 'real',
        login: 'digest',
        incomingEvery: INCOMING_EVERY_SECONDS,
        ...LOGIN,
      },
    });
    ends.push(() => simulator.close());
    simulators.push({ letter, url: simulator.url });
  }
  return simulators;
}

async function makeMachines(simulators, connection) {
  const folder = path.resolve(process.env.DINSTAR_CLUSTER_DIR ?? inRoot('.node-red-cluster'));
  const store = flow().find(({ type }) => type === 'dinstar-store');
  const machines = [];
  for (const [place, name] of ['machine 1', 'machine 2'].entries()) {
    const [variable, first] = place === 0 ? ['PORT', FIRST_PORTS.one] : ['PORT_2', FIRST_PORTS.two];
    const port = await portFor(variable, first, 'an editor');
    const userDir = prepareUserDir({
      ...{ port, login: LOGIN, flows: FLOWS, folder: path.join(folder, name.replace(' ', '-')) },
      more: { [store.id]: { connection } },
    });
    const addresses = simulators.map(({ letter, url }) => [`DINSTAR_SIMULATOR_${letter}`, url]);
    const env = { ...Object.fromEntries(addresses), DINSTAR_MACHINE: name };
    machines.push(new Machine({ name, userDir, env, url: `http://127.0.0.1:${port}/` }));
  }
  return machines;
}

async function portFor(variable, byDefault, what) {
  const port = await choosePort({ variable, byDefault, what, mayMove: true, except: promised });
  promised.push(port);
  return port;
}

/** What the tables say, with what is known here. */
async function stateOf({ server, connection, simulators, machines }) {
  const database = new URL(connection).pathname.slice(1);
  const seen = await readState((sql) => server.query(database, sql));
  const gateways = flow().filter(({ type }) => type === 'dinstar-gateway');
  const shown = gateways.map(({ id, name }, place) => ({
    ...{ id, name, page: simulators[place].url, epoch: 0, left: 0, waiting: 0, under_way: 0, done: 0 },
    ...seen.gateways.find((one) => one.id === id),
  }));
  return {
    lease: LEASE_SECONDS,
    gateways: shown,
    machines: machines.map(({ name, state, options: { url } }) => ({
      ...seen.machines.find((one) => one.name === name),
      ...{
        name,
        state,
        url,
        holds: shown.filter(({ holder, left }) => holder === name && left > 0).map((one) => one.name),
      },
    })),
  };
}
