import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that a system gives to connections: what is free there stays free until somebody asks for it. Each process that
 * runs test files at the same time has some of its own, else two of them would be told the same one sooner or later.
 */
const FIRST = 20_000;
const OF_EACH = 1200;
const SLOTS = 10;

const first = FIRST + (Number(process.env.TEST_SLOT ?? 0) % SLOTS) * OF_EACH;
let next = Math.floor(Math.random() * OF_EACH);

/** A TCP port on 127.0.0.1 that was free a moment ago, and that nobody was told before, for programs that can't be told "any". */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = first + (next++ % OF_EACH);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  const listens = await once(server, 'listening').then(
    () => true,
    () => false,
  );
  if (!listens) return false;
  server.close();
  await once(server, 'close');
  return true;
}
