import { setMaxListeners } from 'node:events';
import { type GatewayClient, GatewayError } from '../../../lib/gateway-api';
import type { UssdRecord } from '../../../lib/messaging/dialogs/ussd/record';
import { UssdDialogs } from '../../../lib/messaging/dialogs/ussd/UssdDialogs';
import { Pushes } from '../../../lib/messaging/Pushes';
import { RequestQueue } from '../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock } from '../FakeClock';
import { type Answer, Network } from './Network';
import { LONGEST, type Story } from './stories';

const NONE: UssdRecord = { port: -1, status: 408, text: '', replies: [] };

/** A dialogue's record, and from when to when it ran, with the wait for its turn. */
export interface End extends UssdRecord {
  from: number;
  to: number;
}

/** What came of a story. */
export interface Told {
  network: Network;
  /** The records of each port's dialogues, in their order. */
  ends: Map<number, End[]>;
  /** The texts that belonged to no dialogue. */
  others: string[];
}

/** Lets a story happen; answers what came of the dialogues, beside what the network knows of them. */
export async function tell(story: Story): Promise<Told> {
  const clock = new FakeClock();
  const begun = clock.now();
  const pushes = new Pushes();
  const answerOf = (n: number): Answer => story.answers[n % story.answers.length] as Answer;
  const isBusy = (one: number): boolean =>
    story.busy.some(
      ({ port, at, for: ms }) => port === one && clock.now() >= begun + at && clock.now() < begun + at + ms,
    );
  const network = new Network({ clock, pushes, latency: story.latency, answerOf, isBusy });
  const requests = new RequestQueue<GatewayClient>({ api: network.client, clock, concurrency: story.concurrency });
  const ussd = new UssdDialogs({ requests, clock, pushes });
  const others: string[] = [];
  ussd.onUnsolicited(({ text }) => others.push(text));
  const ends = new Map<number, End[]>();
  const running: Promise<unknown>[] = [];
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const from = (at: number, begin: () => Promise<unknown>): void =>
    void clock.after(at, () => void running.push(begin().catch(expected)));
  for (const { at, port, codes } of story.wanted) {
    from(at, async () => {
      const since = clock.now();
      const [record = NONE] = await ussd.dialogue([port], codes, story.wait, signal).catch(failed);
      ends.set(port, [...(ends.get(port) ?? []), { ...record, from: since, to: clock.now() }]);
    });
  }
  for (const { at, port, action } of story.besides) {
    from(at, () => (action === 'send' ? ussd.send([port], '*1#', story.wait, signal) : ussd[action]([port], signal)));
  }
  for (const { at, port, text, push } of story.news) clock.after(at, () => network.notify(port, text, push));
  await clock.advance(LONGEST);
  for (let minutes = 0; clock.running > 0 && minutes < 120; minutes++) await clock.advance(60_000);
  await Promise.all(running);
  return { network, ends, others };
}

/** No reply, or a port that stayed busy; nothing else goes wrong in stories. */
function expected(reason: unknown): void {
  if (reason instanceof GatewayError && ['TIMEOUT', 'BUSY'].includes(reason.code)) return;
  throw reason;
}

function failed(reason: unknown): UssdRecord[] {
  expected(reason);
  return [NONE];
}
