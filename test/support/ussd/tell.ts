import should from 'should';
import type { GatewayClient } from '../../../lib/gateway-api';
import type { UssdRecord } from '../../../lib/messaging/dialogs/ussd/record';
import { UssdDialogs } from '../../../lib/messaging/dialogs/ussd/UssdDialogs';
import { Line } from '../../../lib/messaging/line/line';
import { Pushes } from '../../../lib/messaging/pushes';
import { FakeClock } from '../FakeClock';
import { type Answer, Network, type Sent, type Session } from './Network';
import { LONGEST, type Story, type Wanted } from './stories';

const NONE: UssdRecord = { port: -1, status: 408, text: '', replies: [] };

/** What came of a story. */
export interface Told {
  network: Network;
  /** The records of each port's dialogues, in their order. */
  ends: Map<number, UssdRecord[]>;
  /** The texts that belonged to no dialogue. */
  others: string[];
}

/** Lets a story happen; answers what came of the dialogues, beside what the network knows of them. */
export async function tell(story: Story): Promise<Told> {
  const clock = new FakeClock();
  const pushes = new Pushes();
  const answerOf = (n: number): Answer => story.answers[n % story.answers.length] as Answer;
  const network = new Network({ clock, pushes, latency: story.latency, answerOf });
  const line = new Line<GatewayClient>({ api: network.client, clock, concurrency: story.concurrency });
  const ussd = new UssdDialogs({ line, clock, pushes });
  const others: string[] = [];
  ussd.onUnsolicited(({ text }) => others.push(text));
  const ends = new Map<number, UssdRecord[]>();
  const begin = async ({ port: one, codes }: Wanted): Promise<void> => {
    const [record = NONE] = await ussd.dialogue([one], codes, story.wait, new AbortController().signal).catch(timedOut);
    ends.set(one, [...(ends.get(one) ?? []), record]);
  };
  const running: Promise<void>[] = [];
  for (const wanted of story.wanted) clock.after(wanted.at, () => void running.push(begin(wanted)));
  for (const { at: moment, port: one, text, push: fate } of story.news) {
    clock.after(moment, () => network.notify(one, text, fate));
  }
  await clock.advance(LONGEST);
  for (let minutes = 0; clock.running > 0 && minutes < 120; minutes++) await clock.advance(60_000);
  await Promise.all(running);
  return { network, ends, others };
}

function timedOut(reason: unknown): UssdRecord[] {
  should(reason).have.property('code', 'TIMEOUT');
  return [NONE];
}

/**
 * Checks that every reply which was given out is that of its own code, and had come by then; of records that say they aren't
 * certain nothing is known.
 */
export function judge({ network, ends }: Told): void {
  for (const [port, records] of ends) judgePort(network.port(port).sessions, records);
}

function judgePort(sessions: readonly Session[], records: readonly UssdRecord[]): void {
  should(sessions).have.length(records.length);
  sessions.forEach(({ sent, endedAt }, place) => {
    const { status, replies, certain } = records[place] as UssdRecord;
    const isAnswered = ({ answeredAt = Number.POSITIVE_INFINITY }: Sent, by: number): boolean => answeredAt <= by;
    if (certain === false) return;
    // The next code leaves only after a reply.
    sent.forEach((one, step) => {
      const next = sent[step + 1];
      if (next && status === 200) should(isAnswered(one, next.at)).equal(true, `${one.code} went on without its reply`);
    });
    if (status !== 200) return;
    should(isAnswered(sent.at(-1) as Sent, endedAt)).equal(true, 'the last code has the reply of another');
    should(replies).eql(sent.map(({ code, text }) => ({ sent: code, text })));
  });
}

/** Checks, of a story whose texts are all different, that each is told once, to the right one, and every reply that came in time. */
export function judgeOnce(story: Story, { network, ends, others }: Told): void {
  const replies: string[] = [];
  for (const [port, records] of ends) {
    records.forEach(({ status, replies: own }, place) => {
      replies.push(...own.map(({ text }) => text));
      const { sent } = network.port(port).sessions[place] as Session;
      const { at: sentAt, answeredAt } = sent.at(-1) as Sent;
      if (answeredAt !== undefined && answeredAt <= sentAt + story.wait) should(status).equal(200);
    });
  }
  should(new Set(others).size).equal(others.length);
  should(others.filter((text) => replies.includes(text))).eql([]);
  const pushed = story.news.filter(({ push: { isLost } }) => !isLost).map(({ text }) => text);
  should(pushed.filter((text) => !others.includes(text))).eql([]);
}
