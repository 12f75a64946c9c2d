import net, { type AddressInfo, type Socket } from 'node:net';

/** Something in front of a server that takes one request a connection, and ends it so many ms after its answer, without a word. */
export async function startCutter(to: string, ms: number): Promise<{ url: string; close(): void }> {
  const { port, hostname } = new URL(to);
  const sockets = new Set<Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    let served = false;
    near.on('data', (part) => served || far.write(part));
    near.on('close', () => far.destroy());
    far.on('close', () => near.end());
    let answer = '';
    far.on('data', (part) => {
      near.write(part);
      answer += part;
      const [head = '', body] = answer.split('\r\n\r\n');
      if (body === undefined || Buffer.byteLength(body) < Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)) return;
      served = true;
      setTimeout(() => near.end(), ms);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
