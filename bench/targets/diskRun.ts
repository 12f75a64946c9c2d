// How a slow disk shows: what a page of Node-RED takes while SMS are sent, on a disk whose sync takes its time, and how many
// syncs an SMS costs. strace makes the disk slow.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { startSimulator } from '../../simulator';
import { freePort } from '../../test/support/freePort';
import { LoggedProcess } from '../../test/support/LoggedProcess';
import { type FlowNode, type NodeRedVersion, platform } from '../../test/support/node-red';
import { install, writeFlows, writeSettings } from '../../test/support/node-red/userDir';
import { temporaryFolder } from '../../test/support/temporaryFolder';
import { flowsTo } from '../../test/support/violence/NodeRedLives';

const PAGE_EVERY_MS = 10;

export interface DiskRun {
  /** What a page took, ascending, in ms. */
  pages: number[];
  syncs: number;
  sms: number;
  /** The process's, in ms for each SMS. */
  cpu: number;
}

const page = (id: string, url: string): FlowNode[] => [
  { id, type: 'http in', z: 'tab', x: 1, y: 1, url, method: 'get', wires: [[`${id} answer`]] },
  { id: `${id} answer`, type: 'http response', z: 'tab', x: 1, y: 1, statusCode: '204', wires: [] },
];

/** @param load for how long SMS are sent, and how many a second */
export async function runOnDisk(
  version: NodeRedVersion,
  syncMs: number,
  { seconds, perSecond }: { seconds: number; perSecond: number },
): Promise<DiskRun> {
  const simulator = await startSimulator({ speed: 'fast' });
  const userDir = temporaryFolder('slow-disk');
  const port = await freePort();
  writeFlows(userDir, [...flowsTo(simulator.url), ...page('page', '/page')]);
  writeSettings(userDir, port);
  await install(userDir, 'link');
  const calls = path.join(userDir, 'calls');
  const { node, script } = platform(version);
  const slow = syncMs > 0 ? ['-e', `inject=fsync,fdatasync:delay_exit=${syncMs * 1000}`] : [];
  const traced = ['-f', '--seccomp-bpf', '-e', 'trace=fsync,fdatasync', ...slow, '-o', calls];
  const nodeRed = new LoggedProcess('strace', [...traced, node, script, '--userDir', userDir], { cwd: userDir });
  const agent = new http.Agent({ keepAlive: true });
  try {
    await nodeRed.waitForLog(/Started flows/, 60_000);
    const ask = (way: string, body?: string): Promise<void> =>
      new Promise((resolve, reject) => {
        const method = body === undefined ? 'GET' : 'POST';
        const headers = { 'Content-Type': 'application/json' };
        const request = http.request({ port, host: '127.0.0.1', path: way, method, agent, headers }, (answer) =>
          answer.resume().on('end', resolve),
        );
        request.on('error', reject).end(body);
      });
    const send = (id: number): Promise<void> =>
      ask('/send', JSON.stringify({ to: [`+49171${String(1e6 + id)}`], text: `SMS ${id}` }));
    const outcomes = (): number => nodeRed.log().match(/outcome SMS/g)?.length ?? 0;
    let sent = 0;
    // Not before everything is loaded and compiled.
    for (; sent < 20; sent++) {
      await send(sent);
      await after(50);
    }
    while (outcomes() < sent) await after(50);
    const before = { syncs: syncsIn(calls), cpu: cpuOf(nodeRed.pid) };
    const pages: number[] = [];
    const begun = performance.now();
    const open: Promise<void>[] = [];
    let nextPage = begun;
    for (let now = begun; now < begun + seconds * 1000; now = performance.now()) {
      if ((now - begun) * (perSecond / 1000) > sent - 20) open.push(send(sent++));
      if (now >= nextPage) {
        nextPage = now + PAGE_EVERY_MS * (0.5 + Math.random());
        open.push(ask('/page').then(() => void pages.push(performance.now() - now)));
      }
      await after(1);
    }
    await Promise.all(open);
    for (let left = 600; outcomes() < sent && left > 0; left--) await after(50);
    if (outcomes() < sent) console.log(`${sent - outcomes()} of ${sent} have no outcome`, nodeRed.log().slice(-2000));
    const sms = sent - 20;
    const cpu = (cpuOf(nodeRed.pid) - before.cpu) / sms;
    return { pages: pages.sort((a, b) => a - b), syncs: syncsIn(calls) - before.syncs, sms, cpu };
  } finally {
    agent.destroy();
    const child = childOf(nodeRed.pid);
    // strace waits for its child, whatever it is told itself.
    if (child === undefined) await nodeRed.stop();
    else process.kill(child, 'SIGTERM');
    await nodeRed.ended;
    await simulator.close();
  }
}

const syncsIn = (calls: string): number =>
  readFileSync(calls, 'utf8').match(/f(?:data)?sync\(.*= 0|<\.\.\. f(?:data)?sync resumed.*= 0/g)?.length ?? 0;

function childOf(strace: number | undefined): number | undefined {
  const [child = ''] = readFileSync(`/proc/${strace}/task/${strace}/children`, 'utf8').split(' ');
  return child === '' ? undefined : Number(child);
}

/** What strace's child has used of the processor, in ms. */
function cpuOf(strace: number | undefined): number {
  const fields =
    readFileSync(`/proc/${childOf(strace)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
