import { existsSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { freePort } from '../../test/support/freePort';
import { LoggedProcess } from '../../test/support/LoggedProcess';
import { temporaryFolder } from '../../test/support/temporaryFolder';

const PROGRAMS = ['/usr/sbin/bearerbox', '/usr/sbin/smsbox'] as const;
const COUNT = 5000;

/** SMS a second that Kannel takes into its file store, one by one and four at a time; undefined where it isn't installed. */
export async function kannel(): Promise<{ singly: number; four: number } | undefined> {
  if (!PROGRAMS.every((program) => existsSync(program))) return undefined;
  const cwd = temporaryFolder('kannel');
  const [admin, boxes, smsc, sends] = [await freePort(), await freePort(), await freePort(), await freePort()];
  const groups = [
    `group = core\nadmin-port = ${admin}\nadmin-interface = 127.0.0.1\nadmin-password = bench\nsmsbox-port = ${boxes}`,
    `smsbox-interface = 127.0.0.1\nbox-allow-ip = 127.0.0.1\nstore-type = file\nstore-location = ${cwd}/store`,
    `log-level = 4\nlog-file = ${cwd}/log\n`,
    `group = smsc\nsmsc = fake\nhost = 127.0.0.1\nport = ${smsc}\nconnect-allow-ip = 127.0.0.1\n`,
    `group = smsbox\nbearerbox-host = 127.0.0.1\nsendsms-port = ${sends}\nsendsms-interface = 127.0.0.1\nlog-level = 4\n`,
    'group = sendsms-user\nusername = bench\npassword = bench\n',
  ];
  const file = path.join(cwd, 'kannel.conf');
  writeFileSync(file, groups.join('\n'));
  const started: LoggedProcess[] = [];
  try {
    for (const program of PROGRAMS) {
      started.push(new LoggedProcess(program, ['-v', '4', file], { cwd }));
      await after(2000);
    }
    await rate(sends, 200, 1);
    return { singly: await rate(sends, COUNT, 1), four: await rate(sends, COUNT, 4) };
  } finally {
    for (const box of started.reverse()) await box.stop(3000);
  }
}

async function rate(port: number, count: number, connections: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const login = 'username=bench&password=bench&from=bench';
  let left = count;
  const one = (id: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const way = `/cgi-bin/sendsms?${login}&to=%2B4917${10_000_000 + id}&text=Pressure+in+pump+3+is+below+2+bar+${id}`;
      const sent = http.get({ host: '127.0.0.1', port, path: way, agent }, (answer) => {
        if (answer.statusCode !== 202) reject(new Error(`Kannel answers ${answer.statusCode}`));
        answer.resume().on('end', resolve);
      });
      sent.on('error', reject);
    });
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await one(left);
    }),
  );
  agent.destroy();
  return (1000 * count) / (performance.now() - begun);
}
