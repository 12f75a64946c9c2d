import net, { type AddressInfo, type Socket } from 'node:net';

/** A web server of which each test says what it does with a request, by its bytes; the count of requests of a connection. */
export async function bareServer(behave: (socket: Socket, count: number, text: string) => void) {
  const seen: string[] = [];
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    let count = 0;
    let text = '';
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (part) => {
      text += part;
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
      const [head = '', body] = text.split('\r\n\r\n');
      if (body === undefined || body.length < length) return;
      seen.push(head);
      const whole = text;
      text = '';
      behave(socket, ++count, whole);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}
