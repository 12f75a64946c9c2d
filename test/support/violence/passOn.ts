import http from 'node:http';

/** A request as its bytes said it. */
export interface Asked {
  head: string;
  body: Buffer;
}

/** The request that these bytes are, once all of it is there. */
export function wholeRequest(received: Buffer): Asked | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = received.toString('latin1', 0, end);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  const body = received.subarray(end + 4);
  return body.length < length ? undefined : { head, body };
}

/** What a gateway answered, ready to be written. */
export interface PassedOn {
  status: string;
  headers: Record<string, string>;
  body: string;
}

/** Passes a request on to the server at `to`, over a connection of its own, and brings what it answers. */
export function passOn(to: string, { head, body }: Asked): Promise<PassedOn> {
  const [first = '', ...lines] = head.split('\r\n');
  const [method, path] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { host: _, connection: __, ...kept } = headers;
  return new Promise((resolve, reject) => {
    const request = http.request(`${to}${path}`, { method, headers: kept, agent: false }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const { 'www-authenticate': challenge } = answer.headers;
        resolve({
          status: `${answer.statusCode} ${answer.statusMessage}`,
          headers: challenge === undefined ? {} : { 'WWW-Authenticate': challenge },
          body: Buffer.concat(parts).toString('utf8'),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** An answer as bytes, with its length. */
export const bytesOf = ({ status, headers, body }: PassedOn): Buffer =>
  Buffer.from(`${headOf(status, { ...headers, 'Content-Length': String(Buffer.byteLength(body)) })}${body}`);

/** An answer as bytes, its body in chunks of at most `size` characters. */
export function chunkedBytesOf({ status, headers, body }: PassedOn, size: number): Buffer {
  const chunks: string[] = [];
  for (let from = 0; from < body.length; from += size) {
    const chunk = body.slice(from, from + size);
    chunks.push(`${Buffer.byteLength(chunk).toString(16)}\r\n${chunk}\r\n`);
  }
  return Buffer.from(`${headOf(status, { ...headers, 'Transfer-Encoding': 'chunked' })}${chunks.join('')}0\r\n\r\n`);
}

function headOf(status: string, headers: Record<string, string>): string {
  const lines = Object.entries({ 'Content-Type': 'application/json', ...headers });
  return `HTTP/1.1 ${status}\r\n${lines.map(([name, value]) => `${name}: ${value}`).join('\r\n')}\r\n\r\n`;
}
