import { once } from 'node:events';
import net from 'node:net';

/** Hands a mail to a server on 127.0.0.1, as a device does that knows no more of SMTP; rejects when it is refused. */
export async function sendMail(port: number, to: string, mail: string): Promise<void> {
  const socket = net.connect(port, '127.0.0.1').setEncoding('utf8');
  const answer = async (): Promise<string> => {
    // The last line of an answer has a blank after its code.
    for (let text = ''; ; ) {
      const [part] = (await once(socket, 'data')) as [string];
      text += part;
      if (/^\d{3} .*\r\n$/m.test(text)) return text;
    }
  };
  const says = async (line: string, code: string): Promise<void> => {
    socket.write(`${line}\r\n`);
    const text = await answer();
    if (!text.startsWith(code)) throw new Error(`"${line}" was answered ${text}`);
  };
  try {
    await answer();
    await says('HELO ups.example.org', '250');
    await says('MAIL FROM:<ups@example.org>', '250');
    await says(`RCPT TO:<${to}>`, '250');
    await says('DATA', '354');
    await says(`${mail.replaceAll('\n', '\r\n')}\r\n.`, '250');
    await says('QUIT', '221');
  } finally {
    socket.destroy();
  }
}
