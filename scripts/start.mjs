// `npm start`: a simulated gateway and a Node-RED with a demo flow that uses it.
//   PORT             the editor's TCP port (default 1880)
//   SIMULATOR_PORT   the simulator's (default 8090, or the next free one)
//   DINSTAR_DEMO_DIR another user directory than .node-red/
//   DEMO_SKIP_BUILD  take dist/ as it is
import { createRequire } from 'node:module';
import { build } from './build.mjs';
import { Failure, main } from './common/failure.mjs';
import { startNodeRed } from './demo/node-red.mjs';
import { choosePort } from './demo/ports.mjs';
import { prepareUserDir } from './demo/user-dir.mjs';
import { whenNpmEnds } from './demo/whenNpmEnds.mjs';
import { setUp } from './set-up.mjs';

const LOGIN = { username: 'admin', password: 'admin' };
const SIMULATOR_PORT = { variable: 'SIMULATOR_PORT', byDefault: 8090, what: 'the simulator', mayMove: true };
const INCOMING_EVERY_SECONDS = 30;

await main('start', async () => {
  const port = await choosePort({ variable: 'PORT', byDefault: 1880, what: 'the editor' });
  if (!process.env.DEMO_SKIP_BUILD) {
    await setUp();
    await build();
  }
  const simulator = await startSimulator(port);
  try {
    await runNodeRed(port, simulator);
  } finally {
    await simulator.close();
  }
});

async function startSimulator(port) {
  const require = createRequire(import.meta.url);
  const { startSimulator } = require('../dist/simulator');
  return startSimulator({
    port: await choosePort({ ...SIMULATOR_PORT, except: [port] }),
    pushUrl: `http://127.0.0.1:${port}/dinstar/push`,
    incomingEvery: INCOMING_EVERY_SECONDS,
    speed: 'real',
    login: 'digest',
    ...LOGIN,
  });
}

async function runNodeRed(port, simulator) {
  const nodeRed = startNodeRed({
    userDir: prepareUserDir({ port, login: LOGIN }),
    env: { DINSTAR_SIMULATOR: simulator.url },
  });
  let stopping = false;
  const stop = () => {
    stopping = true;
    void nodeRed.stop();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  whenNpmEnds(stop);
  const started = nodeRed.started.then(
    () => console.log(`\nEditor:    http://127.0.0.1:${port}/\nSimulator: ${simulator.url}/\n(Ctrl-C stops both)\n`),
    (error) => {
      if (!stopping) throw error;
    },
  );
  await started;
  const how = await nodeRed.ended;
  if (!stopping) throw new Failure(`Node-RED ended by itself (${how})`);
}
