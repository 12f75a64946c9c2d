import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Below the ports that a system gives to connections: what is free there stays free until somebody asks for it. */
const FIRST = 20_000;
const OF_EACH = 50;
const RANGES = 240;

/** What is left of this process's ranges. */
const left: number[] = [];
/** Under way: who asks meanwhile waits for it, too. */
let taking: Promise<void> | undefined;

/**
 * Finds a TCP port on 127.0.0.1 that was free a moment ago, for programs that can't be told "any". Nobody was told it before, in
 * no other process either, whichever clone that runs in: a process listens for as long as it lives at the first port of each range
 * that it tells ports of.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = left.shift();
    if (port === undefined) await takeMore();
    else if (await isFree(port)) return port;
  }
}

async function takeMore(): Promise<void> {
  taking ??= takeRange().finally(() => {
    taking = undefined;
  });
  await taking;
}

async function takeRange(): Promise<void> {
  const first = Math.floor(Math.random() * RANGES);
  for (let tried = 0; tried < RANGES; tried++) {
    const mark = FIRST + ((first + tried) % RANGES) * OF_EACH;
    const server = await listenAt(mark);
    // The system lets it go with the process, however that ends.
    server?.unref();
    if (server) return void left.push(...Array.from({ length: OF_EACH - 1 }, (_, place) => mark + 1 + place));
  }
  throw new Error(`other processes have all ports from ${FIRST} on`);
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenAt(port);
  server?.close();
  if (server) await once(server, 'close');
  return server !== undefined;
}

/** Answers with nothing where somebody else listens. */
async function listenAt(port: number): Promise<Server | undefined> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  return once(server, 'listening').then(
    () => server,
    () => undefined,
  );
}
