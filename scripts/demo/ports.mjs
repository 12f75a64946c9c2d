import { createServer } from 'node:net';
import { Failure } from '../common/failure.mjs';

/**
 * The TCP port a server of the demo gets on 127.0.0.1.
 * One asked for in the environment is taken or refused; otherwise the default or the next free one above it,
 * when `mayMove` allows. `except` are promised to somebody else.
 */
export async function choosePort({ variable, byDefault, what, mayMove = false, except = [] }) {
  const asked = process.env[variable];
  const first = asked === undefined || asked === '' ? byDefault : Number(asked);
  if (!Number.isInteger(first) || first < 1 || first > 65535) {
    throw new Failure(`${variable} must be a TCP port from 1 to 65535, not "${asked}"`);
  }
  const fits = async (port) => !except.includes(port) && (await isFree(port));
  if (await fits(first)) return first;
  if (mayMove && !asked) {
    for (let port = first + 1; port < first + 50; port += 1) if (await fits(port)) return port;
  }
  throw new Failure(
    `port ${first} on 127.0.0.1 is taken; choose another for ${what}: ${variable}=${first + 1} npm ${process.env.npm_lifecycle_event === 'demo:cluster' ? 'run demo:cluster' : 'start'}`,
  );
}

function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
