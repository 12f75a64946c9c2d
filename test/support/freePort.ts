import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ports that a system gives to connections: what is free there stays free until somebody asks for it. */
const FIRST = 20_000;
const COUNT = 12_000;

/** A TCP port on 127.0.0.1 that was free a moment ago, for programs that can't be told "any". */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
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
