import should from 'should';
import type { UssdRecord } from '../../../lib/messaging/dialogs/ussd/record';
import type { Sent, Session } from './Network';
import type { Story } from './stories';
import type { Told } from './tell';

/**
 * Checks that every reply which was given out is that of its own code, and had come by then; of records that say they aren't
 * certain nothing is known. For stories in which nobody else uses the ports.
 */
export function judge({ network, ends }: Told): void {
  for (const [port, records] of ends) judgePort(network.port(port).sessions, records);
}

function judgePort(sessions: readonly Session[], records: readonly UssdRecord[]): void {
  should(sessions).have.length(records.length);
  sessions.forEach(({ sent, endedAt }, place) => {
    const { status, replies, certain } = records[place] as UssdRecord;
    if (status !== 200 || certain === false) return;
    // The next code leaves only after a reply.
    sent.forEach((one, step) => {
      const next = sent[step + 1];
      if (next) should(isAnswered(one, next.at)).equal(true, `${one.code} went on without its reply`);
    });
    should(isAnswered(sent.at(-1) as Sent, endedAt)).equal(true, 'the last code has the reply of another');
    should(replies).eql(sent.map(({ code, text }) => ({ sent: code, text })));
  });
}

const isAnswered = ({ answeredAt = Number.POSITIVE_INFINITY }: Sent, by: number): boolean => answeredAt <= by;

/** Checks that every reply came in time has got home. For stories in which nobody else uses the ports. */
export function judgeReplies(story: Story, { network, ends }: Told): void {
  for (const [port, records] of ends) {
    records.forEach(({ status }, place) => {
      const { sent } = network.port(port).sessions[place] as Session;
      const { at: sentAt, answeredAt } = sent.at(-1) as Sent;
      if (answeredAt !== undefined && answeredAt <= sentAt + story.wait) should(status).equal(200);
    });
  }
}

/** Checks, of a story whose texts are all different, that each is told once, and each reply is that to its own code. */
export function judgeTexts(story: Story, { network, ends, others }: Told): void {
  const records = [...ends.values()].flat();
  const replies = records.flatMap((record) => record.replies.map(({ text }) => text));
  should(new Set(replies).size).equal(replies.length);
  for (const { replies, from, to, certain } of records) {
    if (certain === false) continue;
    for (const { sent: code, text } of replies) {
      const sent = network.sent.find((one) => one.text === text);
      should(sent).match({ code });
      const { at, answeredAt } = sent as Sent;
      should(at).be.within(from, to);
      should(answeredAt).be.within(at, to);
    }
  }
  should(new Set(others).size).equal(others.length);
  should(others.filter((text) => replies.includes(text))).eql([]);
  const pushed = story.news.filter(({ push: { isLost } }) => !isLost).map(({ text }) => text);
  should(pushed.filter((text) => !others.includes(text) && !replies.includes(text))).eql([]);
}
