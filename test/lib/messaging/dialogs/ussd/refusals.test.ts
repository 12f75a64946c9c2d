import should from 'should';
import { type GatewayClient, GatewayError } from '../../../../../lib/gateway-api';
import { UssdDialogs } from '../../../../../lib/messaging/dialogs/ussd/UssdDialogs';
import { Pushes } from '../../../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock } from '../../../../support/FakeClock';

type Sent = { text: string; port: number[]; command?: string };

const refused = (taken: 'no' | 'unknown' = 'no'): GatewayError => new GatewayError('UNREACHABLE', 'away', taken);

describe('USSD on several ports, of which some refuse', () => {
  const { signal } = new AbortController();
  let clock: FakeClock;
  let ussd: UssdDialogs;
  let unsolicited: { port: number; text: string }[];
  /** What was sent, in order, with what it was sent through. */
  let sent: Sent[];
  /** How often ports were looked at. */
  let looks: number[][];
  /** The gateway's answer for a port; undefined = it says nothing of it. */
  let statusOf: (port: number, code: string) => number | undefined;
  /** What a port shows, and what it is to show after a code. */
  let shown: Map<number, string>;
  let replyOf: (port: number, code: string) => string | undefined;
  /** Thrown by the next requests. */
  let failure: { send?: Error; look?: Error };

  beforeEach(() => {
    clock = new FakeClock();
    [unsolicited, sent, looks, shown, failure] = [[], [], [], new Map(), {}];
    statusOf = () => 200;
    replyOf = (port, code) => `${code} of ${port}`;
    const api = {
      sendUssd: async (request: Sent) => {
        sent.push(request);
        if (failure.send) throw failure.send;
        const result = request.port.flatMap((port) => {
          const status = request.command === 'cancel' ? 200 : statusOf(port, request.text);
          const reply = status === 200 && request.command !== 'cancel' ? replyOf(port, request.text) : undefined;
          if (reply !== undefined) clock.after(1500, () => void shown.set(port, reply));
          return status === undefined ? [] : [{ port, status }];
        });
        return { error_code: 202, result };
      },
      queryUssdReply: async ({ port }: { port: number[] }) => {
        looks.push(port);
        if (failure.look) throw failure.look;
        return { error_code: 200, reply: port.map((one) => ({ port: one, text: shown.get(one) ?? '' })) };
      },
    } as unknown as GatewayClient;
    const requests = new RequestQueue<GatewayClient>({ api, clock, concurrency: 1 });
    ussd = new UssdDialogs({ requests, clock, pushes: new Pushes() });
    ussd.onUnsolicited((reply) => void unsolicited.push(reply));
  });

  /** Lets it end; what came of it, or the error's code, `taken` and message. */
  const end = async (work: Promise<unknown>): Promise<unknown> => {
    const told = work.catch(({ code, taken, cause, message }: GatewayError) => ({
      ...{ code, taken, message, error_code: cause.error_code, retryable: cause.retryable },
    }));
    await clock.advance(120_000);
    return told;
  };
  const codes = (): string[] => sent.map(({ text, port, command }) => `${command ?? text} ${port.join('+')}`);

  it('answer each for itself: a reply here, its state there', async () => {
    statusOf = (port) => ({ 1: 486, 2: 503, 3: 200, 4: 500 })[port] ?? 200;
    replyOf = (port, code) => (port === 3 ? undefined : `${code} of ${port}`);
    should(await end(ussd.dialogue([0, 1, 2, 3, 4], ['*100#'], 10_000, signal))).eql([
      { port: 0, status: 200, text: '*100# of 0', replies: [{ sent: '*100#', text: '*100# of 0' }] },
      { port: 1, status: 486, text: '', replies: [] },
      { port: 2, status: 503, text: '', replies: [] },
      { port: 3, status: 408, text: '', replies: [] },
      { port: 4, status: 500, text: '', replies: [] },
    ]);
  });

  it('leave together where they send the same, and end each session that may be open, and no other', async () => {
    statusOf = (port) => (port === 2 ? 503 : 200);
    await end(ussd.dialogue([0, 1, 2], ['*100#'], 10_000, signal));
    should(codes()).eql(['*100# 0+1+2', 'cancel 0+1']);
  });

  for (const [status, error] of [
    [486, { code: 'BUSY', taken: 'no', message: /busy/ }],
    [503, { code: 'NO_PORT', taken: 'no', message: /Port 7 is not registered \(status 503\)/ }],
    [500, { code: 'GATEWAY_ERROR', taken: 'unknown', message: /status 500/, error_code: 500 }],
    [
      undefined,
      { code: 'UNKNOWN_OUTCOME', taken: 'unknown', message: /doesn't say what became of the USSD on port 7/ },
    ],
  ] as const)
    it(`are told as an error where there is one port alone (status ${status})`, async () => {
      statusOf = () => status;
      should(await end(ussd.dialogue([7], ['*100#'], 10_000, signal))).match(error);
      should(await end(ussd.send([7], '*101#', 10_000, signal))).match(error);
    });

  it('have a reply that doesn’t come told as one not to be asked for again: it may have cost something', async () => {
    replyOf = () => undefined;
    should(await end(ussd.dialogue([0], ['*100#'], 10_000, signal))).match({
      ...{ code: 'TIMEOUT', taken: 'unknown', retryable: false },
      message: 'No reply came on port 0 in time.',
    });
    shown.set(0, 'Welcome');
    should(await end(ussd.dialogue([0], ['*100#'], 10_000, signal))).match({
      ...{ code: 'TIMEOUT', message: /the same text as before/ },
    });
  });

  it('go no further in a menu of which one answer stays away', async () => {
    replyOf = (_port, code) => (code === '2' ? undefined : `menu ${code}`);
    const told = await end(ussd.dialogue([0, 1], ['*100#', '2', '3'], 10_000, signal));
    should(told).match([{ status: 408, text: '', replies: [{ sent: '*100#', text: 'menu *100#' }] }, { status: 408 }]);
    should(sent.map(({ text }) => text)).not.containEql('3');
  });

  it('fail as the request does where it befalls all of them, and are free for the next', async () => {
    failure = { send: refused() };
    should(await end(ussd.dialogue([0, 1], ['*100#'], 10_000, signal))).match({ code: 'UNREACHABLE', taken: 'no' });
    failure = {};
    should(await end(ussd.dialogue([0, 1], ['*100#'], 10_000, signal))).match([{ status: 200 }, { status: 200 }]);
    // What certainly wasn't sent has opened no session that would have to be ended.
    should(codes()).eql(['*100# 0+1', '*100# 0+1', 'cancel 0+1']);
  });

  it('fail as the look before the code does, also after a port was busy, and nothing is dialled or ended', async () => {
    statusOf = () => {
      failure = { look: new GatewayError('BAD_REPLY', 'the power went', 'unknown') };
      return 486;
    };
    should(await end(ussd.dialogue([0], ['*100#'], 10_000, signal))).match({ code: 'BAD_REPLY' });
    should(await end(ussd.dialogue([0], ['*101#'], 10_000, signal))).match({ code: 'BAD_REPLY' });
    should(codes()).eql(['*100# 0']);
  });

  it('are ended before the next code where nobody knows whether the last one has left', async () => {
    failure = { send: refused('unknown') };
    const failed = end(ussd.dialogue([0], ['*100#'], 10_000, signal));
    should(await failed).match({ code: 'UNREACHABLE', taken: 'unknown' });
    should(codes()).eql(['*100# 0', 'cancel 0']);
    failure = {};
    await end(ussd.dialogue([0], ['*101#'], 10_000, signal));
    should(codes().slice(2)).eql(['cancel 0', '*101# 0', 'cancel 0']);
  });

  it('name no port where one failed in a way of its own and another did not', async () => {
    statusOf = (port) => (port === 0 ? undefined : 200);
    should(await end(ussd.dialogue([0, 1], ['*100#'], 10_000, signal))).match([
      { port: 0, status: 500, text: '', replies: [], error: 'UNKNOWN_OUTCOME' },
      { port: 1, status: 200 },
    ]);
  });

  it('show what they show when they are read, empty where there is nothing, and each code of an error', async () => {
    shown.set(1, 'Welcome');
    const read = [
      { port: 0, status: 200, text: '', replies: [] },
      { port: 1, status: 200, text: 'Welcome', replies: [] },
    ];
    should(await end(ussd.read([0, 1], signal))).eql(read);
    should(looks).eql([[0, 1]]);
    failure = { look: new GatewayError('NO_PORT', 'none', 'no', { error_code: 404 }) };
    should(await end(ussd.read([0], signal))).match({ code: 'NO_PORT', error_code: 404 });
    failure = { look: new Error('odd') };
    should(await end(ussd.read([0], signal))).match({ code: 'GATEWAY_ERROR', taken: 'unknown', message: 'odd' });
  });

  it('give up the reply that somebody waits for when their session is ended, at once', async () => {
    const waiting = ussd.dialogue([0, 1], ['*100#'], 30_000, signal);
    await clock.advance(100);
    should(ussd.isBusy).be.true();
    should(await ussd.cancel([0], signal)).eql([{ port: 0, status: 200, text: '', replies: [] }]);
    await clock.advance(60_000);
    should(await waiting).match([
      { port: 0, status: 408, text: '' },
      { port: 1, status: 200 },
    ]);
    should(ussd.isBusy).be.false();
  });

  it('say by what ending a session failed', async () => {
    failure = { send: new GatewayError('BAD_REPLY', 'odd', 'unknown', { error_code: 413 }) };
    should(await end(ussd.cancel([0], signal))).match({ code: 'BAD_REPLY', error_code: 413 });
  });

  it('stop with their node: what waits is STOPPED, and the sessions are ended', async () => {
    const waiting = end(ussd.dialogue([0, 1], ['*100#'], 30_000, signal));
    await clock.advance(0);
    await ussd.stop();
    should(await waiting).match({ code: 'STOPPED' });
    should(codes()).eql(['*100# 0+1', 'cancel 0+1']);
    should(await end(ussd.send([0], '*100#', 1000, signal))).match({ code: 'STOPPED' });
  });

  it('tell nobody of what comes to them once nobody listens any more', async () => {
    const pushes = new Pushes();
    const requests = { run: () => Promise.reject(refused()) };
    const other = new UssdDialogs({ requests, clock, pushes });
    const heard: string[] = [];
    const stop = other.onUnsolicited(({ text }) => void heard.push(text));
    await pushes.tell({ ussd: [{ port: 0, text: 'one' }] });
    stop();
    await pushes.tell({ ussd: [{ port: 0, text: 'two' }] });
    should(heard).eql(['one']);
  });
});
