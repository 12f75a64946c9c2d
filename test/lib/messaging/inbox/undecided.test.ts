import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { Undecided } from '../../../../lib/messaging/inbox/Undecided';

const sms = (incoming_sms_id: number, text = 'x'): IncomingSms => ({
  ...{ incoming_sms_id, port: 0, number: '1', smsc: '', text, timestamp: '2024-01-15 12:00:00' },
});
/** One that takes up a quarter of all the characters that may wait. */
const long = (id: number): IncomingSms => sms(id, 'x'.repeat(64_000 - JSON.stringify(sms(id, '')).length));
const idsOf = (all: readonly IncomingSms[]): number[] => all.map(({ incoming_sms_id }) => incoming_sms_id);

describe('pushed SMS that wait for a look', () => {
  it('are the same ones over a restart, in the order in which they came', () => {
    const before = new Undecided([]);
    for (const id of [3, 1, 2]) should(before.add(sms(id))).be.true();
    const after = new Undecided(JSON.parse(JSON.stringify(before)));
    should(after.size).equal(3);
    should(idsOf(after.takeFirst(2))).eql([3, 1]);
    should(idsOf(after.toJSON())).eql([2]);
  });

  it('are one where a push comes twice, and two where another SMS has the same id', () => {
    const waiting = new Undecided([sms(1)]);
    should(waiting.add(sms(1))).be.true();
    should(waiting.size).equal(1);
    should(waiting.add(sms(1, 'another'))).be.true();
    should(waiting.size).equal(2);
  });

  it('are a thousand at most; one that waits already still counts as kept', () => {
    const waiting = new Undecided([]);
    for (let id = 1; id <= 1000; id++) should(waiting.add(sms(id))).be.true();
    should(waiting.add(sms(1001))).be.false();
    should(waiting.size).equal(1000);
    should(waiting.add(sms(7))).be.true();
    waiting.dropWhere(({ incoming_sms_id }) => incoming_sms_id === 7);
    should(waiting.add(sms(1001))).be.true();
  });

  it('are 256,000 characters at most, also those that were stored, and make room when they are taken out', () => {
    const waiting = new Undecided([long(1), long(2)]);
    should(waiting.add(long(3))).be.true();
    should(waiting.add(long(4))).be.true();
    should(waiting.add(sms(5))).be.false();
    should(waiting.size).equal(4);
    should(idsOf(waiting.takeFirst(1))).eql([1]);
    should(waiting.add(sms(5))).be.true();
    should(waiting.add(long(6))).be.false();
    waiting.dropWhere(({ incoming_sms_id }) => incoming_sms_id === 5);
    should(waiting.add(long(6))).be.true();
  });
});
