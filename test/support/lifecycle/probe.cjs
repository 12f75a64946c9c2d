// Loaded into a Node-RED process before anything else: at SIGWINCH it says what the process holds, after collecting garbage.
const v8 = require('node:v8');
const vm = require('node:vm');
const net = require('node:net');

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc');

process.on('warning', ({ name, message }) => console.log(`PROBE-WARNING ${name}: ${message}`));

/** The exports of a module of Node-RED that was loaded, by the end of its file's name. */
const loaded = (end) =>
  Object.values(require.cache).find((module) => module?.filename.replaceAll('\\', '/').endsWith(end))?.exports;

const listenersOf = (emitter) =>
  (emitter?.eventNames() ?? []).reduce((sum, name) => sum + emitter.listenerCount(name), 0);

function routes() {
  const app = loaded('node-red/lib/red.js')?.httpNode;
  return (app?._router ?? app?.router)?.stack.length ?? 0;
}

/** Live objects whose prototype chain has that of the class, exactly. */
const alive = (Class) => v8.queryObjects(Class, { format: 'count' });

async function look() {
  // What is closing may need a few turns of the loop, and what is collected may let go of more.
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collect();
  }
  const resources = {};
  for (const name of process.getActiveResourcesInfo()) resources[name] = (resources[name] ?? 0) + 1;
  const Node = loaded('@node-red/runtime/lib/nodes/Node.js');
  const said = {
    heap: process.memoryUsage().heapUsed,
    resources,
    listeners: listenersOf(loaded('@node-red/util/lib/events.js')) + listenersOf(process),
    routes: routes(),
    alive: {
      node: Node ? alive(Node) : 0,
      signal: alive(AbortSignal),
      server: alive(net.Server),
      map: alive(Map),
    },
  };
  process.stdout.write(`PROBE ${JSON.stringify(said)} END\n`);
}

process.on('SIGWINCH', () => void look().catch((error) => console.log('PROBE-ERROR', error)));
