// Pushes as fast as they are answered, over several connections; a process of its own. Told { url, kind, pushes }, it tells
// how many records a second were answered with 200, and what a push took in ms.
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import { quantile } from './rounds';

const CONNECTIONS = 8;
/** Records in a push. */
const TOGETHER = 10;

export interface PushWanted {
  url: string;
  /** Results of the SMS with user_ids from 0, or incoming SMS. */
  kind: 'results' | 'incoming';
  pushes: number;
  /** The first user_id, or the first id of an incoming SMS. */
  from: number;
}

export interface PushFigures {
  perSecond: number;
  p99: number;
  refused: number;
}

const TIME = '2026-01-01 12:00:00';

function record(kind: PushWanted['kind'], id: number): object {
  const port = id % 32;
  const number = `+4917${10_000_000 + id}`;
  if (kind === 'incoming') {
    const text = `Pressure in pump 3 is below 2 bar, number ${id}`;
    return { incoming_sms_id: id, port, number, smsc: '+491710760000', timestamp: TIME, text };
  }
  return { port, user_id: id, number, time: TIME, status: 'SENT_OK', count: 1, succ_count: 1, ref_id: id % 256 };
}

async function push({ url, kind, pushes, from }: PushWanted): Promise<PushFigures> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const headers = { 'Content-Type': 'application/json' };
  const bodies = Array.from({ length: pushes }, (_, at) => {
    const records = Array.from({ length: TOGETHER }, (_, place) => record(kind, from + at * TOGETHER + place));
    return JSON.stringify({ [kind === 'results' ? 'sms_result' : 'sms']: records });
  });
  const times: number[] = [];
  let refused = 0;
  const one = (body: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const begun = performance.now();
      const sent = http.request(url, { method: 'POST', agent, headers }, (answer) => {
        if (answer.statusCode !== 200) refused += 1;
        answer.resume().on('end', () => {
          times.push(performance.now() - begun);
          resolve();
        });
      });
      sent.on('error', reject).end(body);
    });
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) await one(body);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return { perSecond: (pushes * TOGETHER) / seconds, p99: quantile(times, 0.99), refused };
}

process.on('message', async (wanted: PushWanted) => process.send?.(await push(wanted)));
process.on('disconnect', () => process.exit());
