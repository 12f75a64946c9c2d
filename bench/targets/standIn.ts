// Stands in for gateways while something else is measured: a process of its own that costs next to nothing. Each address of
// 127.0.0.x is a gateway of 32 ports. Told by its parent: { gateways, secondsAnSms }, then { push }; tells { port }, and
// { first } for the first byte of each request that holds the word ALARM.
import http from 'node:http';

const PORTS = 32;
const ANSWERS: Record<string, unknown> = {
  query_sms_result: { error_code: 200, result: [] },
  query_sms_deliver_status: { error_code: 200, result: [] },
  query_sms_in_queue: { error_code: 200, in_queue: 0 },
  query_incoming_sms: { error_code: 200, sms: [], unread: 0, read: 0 },
  get_port_info: {
    error_code: 200,
    info: Array.from({ length: PORTS }, (_, port) => ({ port, type: 'GSM', reg: 'REGISTER_OK', callstate: 'Idle' })),
  },
};
/** What comes about within it travels in one push. */
const PUSH_EVERY_MS = 50;

interface Wanted {
  gateways: number;
  /** 0 = what is accepted is never heard of again. */
  secondsAnSms: number;
}

/** Where results are pushed to; empty = nowhere yet. */
let pushUrl = '';

interface Given {
  number: string;
  user_id: number;
  port?: number[];
}

/** One gateway: its ports each take their time for an SMS. */
class StandIn {
  private tasks = 0;
  private readonly freeAt = new Array<number>(PORTS).fill(0);
  private results: object[] = [];
  /** What it would tell of each SMS that it has taken, by user_id. */
  private readonly records = new Map<number, object>();
  private queued = 0;

  constructor(
    private readonly host: string,
    private readonly wanted: Wanted,
    private readonly agent: http.Agent,
  ) {}

  answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const chunks: Buffer[] = [];
    let seen = 0n;
    request.on('data', (chunk: Buffer) => {
      if (chunks.length === 0) seen = process.hrtime.bigint();
      chunks.push(chunk);
    });
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      if (text.includes('ALARM')) process.send?.({ first: String(seen), text });
      const answer = this.answerTo(request.url?.slice(5).split('?')[0] ?? '', text);
      const body = JSON.stringify(answer ?? { error_code: 200 });
      response.setHeader('Content-Type', 'application/json').setHeader('Content-Length', Buffer.byteLength(body));
      response.end(body);
    });
  }

  /** Of what it takes its time for it tells the truth: what isn't pushed yet must not pass for lost. */
  private answerTo(question: string, text: string): unknown {
    if (question === 'send_sms') return this.accept(text);
    if (this.records.size === 0) return ANSWERS[question];
    if (question === 'query_sms_in_queue') return { error_code: 200, in_queue: this.queued };
    if (question !== 'query_sms_result') return ANSWERS[question];
    const { user_id = [] } = JSON.parse(text) as { user_id?: number[] };
    return { error_code: 200, result: user_id.flatMap((id) => this.records.get(id) ?? []) };
  }

  private accept(text: string): object {
    if (this.wanted.secondsAnSms > 0) {
      const { param, port } = JSON.parse(text) as { param: Given[]; port?: number[] };
      for (const one of param) this.sendLater(one, port);
    }
    return { error_code: 202, sms_in_queue: 0, task_id: ++this.tasks };
  }

  private sendLater({ number, user_id }: Given, ports: number[] = this.freeAt.map((_, port) => port)): void {
    const { freeAt } = this;
    const port = ports.reduce((best, one) => ((freeAt[one] ?? 0) < (freeAt[best] ?? 0) ? one : best));
    const end = Math.max(Date.now(), freeAt[port] ?? 0) + this.wanted.secondsAnSms * 1000;
    freeAt[port] = end;
    this.queued += 1;
    this.records.set(user_id, { port, user_id, number, status: 'SENDING', count: 1 });
    setTimeout(() => {
      const time = new Date().toISOString().slice(0, 19).replace('T', ' ');
      const result = { port, user_id, number, time, status: 'SENT_OK', count: 1, succ_count: 1, ref_id: user_id % 256 };
      this.queued -= 1;
      this.records.set(user_id, result);
      if (this.results.push(result) === 1) setTimeout(() => this.push(), PUSH_EVERY_MS);
    }, end - Date.now());
  }

  private push(): void {
    const { agent, host, results } = this;
    this.results = [];
    const headers = { 'Content-Type': 'application/json' };
    const options = { method: 'POST', agent, headers, localAddress: host };
    const again = (): void => {
      this.results.push(...results);
      setTimeout(() => this.push(), 1000);
    };
    http
      .request(pushUrl, options, (answer) => {
        answer.resume();
        if (answer.statusCode !== 200) again();
      })
      .on('error', again)
      .end(JSON.stringify({ sms_result: results }));
  }
}

async function listen(host: string, port: number, wanted: Wanted): Promise<number> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 2 });
  const standIn = new StandIn(host, wanted, agent);
  const server = http.createServer((request, response) => standIn.answer(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

process.on('message', async (wanted: Wanted | { push: string }) => {
  if ('push' in wanted) {
    pushUrl = wanted.push;
    return;
  }
  const port = await listen('127.0.0.1', 0, wanted);
  for (let at = 2; at <= wanted.gateways; at++) await listen(`127.0.0.${at}`, port, wanted);
  process.send?.({ port });
});
process.on('disconnect', () => process.exit());
