import should from 'should';
import type { Cdr } from '../../../../../lib/gateway-api';
import { callOf, groupedBy, lengthOf, wordingOf } from '../../../../../lib/messaging/watching/cdr/identity';
import { inOrder, MergedAnswers } from '../../../../../lib/messaging/watching/cdr/MergedAnswers';

const RECORD = {
  ...{ port: 1, start_date: '2024-01-15 12:00:00', answer_date: '2024-01-15 12:00:05', duration: 7 },
  ...{ source_number: '1', destination_number: '2', direction: 'gsm->ip', ip: '', codec: 'G.711', hangup: 'called' },
  ...{ gsm_code: 16, bcch: '' },
} as unknown as Cdr;
const record = (more: object = {}): Cdr => ({ ...RECORD, ...more }) as Cdr;

describe('a call record', () => {
  it('is the same call, pushed and read, though the two have other fields beside the manual’s, or blanks', () => {
    const key = callOf(record());
    should(key).have.length(12);
    for (const more of [{ later: 'firmware' }, { direction: ' gsm->ip ' }, { ip: undefined }, { ip: null }])
      should(callOf(record(more))).equal(key);
  });

  it('is another call where port, times, direction, address, codec, hangup, code or channel differ', () => {
    const fields = ['start_date', 'answer_date', 'direction', 'ip', 'codec', 'hangup', 'gsm_code', 'bcch'];
    const keys = [...fields.map((field) => callOf(record({ [field]: 'x' }))), callOf(record({ port: 2 }))];
    should(new Set([...keys, callOf(record())]).size).equal(fields.length + 2);
  });

  it('is worded the same in whatever order its fields stand, whatever we have added', () => {
    const wording = wordingOf(record());
    should(wording).have.length(8);
    const turned = Object.fromEntries(Object.entries(RECORD).reverse()) as Cdr;
    const ours = { start_date_iso: '2024-01-15T12:00:00Z', answer_date_iso: 'x', answered: true };
    should(wordingOf(turned)).equal(wording);
    should(wordingOf(record(ours))).equal(wording);
    should(wordingOf(record({ later: 'firmware' }))).not.equal(wording);
    should(lengthOf(record(ours))).equal(JSON.stringify(RECORD).length + 1);
  });

  it('lies with those of its key, in their order', () => {
    const all = [record({ n: 1 }), record({ port: 2 }), record({ n: 2 })];
    should([...groupedBy(all, ({ port }) => String(port))]).eql([
      ['1', [all[0], all[2]]],
      ['2', [all[1]]],
    ]);
  });
});

describe('call records of several answers', () => {
  it('are counted as often as one answer has them: equal ones in the next are the same calls', () => {
    const merged = new MergedAnswers();
    should(merged.add([record(), record(), record({ port: 2 })])).equal(3);
    should(merged.add([record(), record({ port: 2 })])).equal(0);
    should(merged.add([record(), record(), record()])).equal(1);
    should(merged.all).have.length(4);
  });

  it('stand by the instant where it is known, else as written; those without a time last, equal ones as they came', () => {
    const at = (start_date: string, start_date_iso?: string, name = start_date): Cdr =>
      record({ start_date, start_date_iso, name });
    const sorted = inOrder([
      at('', undefined, 'none'),
      at('2024-10-27 02:00:00', '2024-10-27T01:00:00Z', 'second 2:00'),
      at('2024-10-27 02:59:00', '2024-10-27T00:59:00Z', 'first 2:59'),
      at('2024-10-27 00:00:00', '2024-10-26T22:00:00Z', 'a'),
      at('2024-10-27 00:00:00', '2024-10-26T22:00:00Z', 'b'),
    ]);
    should(sorted.map((one) => one.name)).eql(['a', 'b', 'first 2:59', 'second 2:00', 'none']);
  });
});
