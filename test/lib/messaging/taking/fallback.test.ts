import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import { type GivenRecipient, readRecipients } from '../../../../lib/messaging/taking/recipients';
import { refusalOf } from '../given';

const read = (to: unknown): GivenRecipient[] => atOnce(readRecipients(to, 'keep'));
const fallbackOf = (more: object) => read([{ number: '111', ...more }])[0]?.fallback;

describe('send sms: the other numbers of a recipient', () => {
  it('are an array, or a text with commas as a cell of a table has them', () => {
    const others = [
      { number: '+43222', written: '+43222' },
      { number: '333', written: '333' },
    ];
    should(fallbackOf({ else: ['+43222', 333] })).eql({ others, after: 300 });
    should(fallbackOf({ else: '+43 222, 333', after: '60' })).eql({ others, after: 60 });
  });

  it('are none where a table has an empty cell, and are no fields of a text', () => {
    for (const none of [{ else: '' }, { else: null, after: null }, { else: [] }, { after: 5 }]) {
      should(fallbackOf(none)).be.undefined();
    }
    should(read([{ number: '111', else: '222', after: 5, name: 'Anna' }])[0]?.extra).eql({ name: 'Anna' });
  });

  it('are written as the gateway wants their +', () => {
    const [one] = atOnce(readRecipients([{ number: '+1', else: ['+2'] }], '00'));
    should(one?.fallback?.others).eql([{ number: '002', written: '+2' }]);
  });

  const refused: [object, string][] = [
    [{ else: 'door' }, 'to.else[0]'],
    [{ else: ['222', ''] }, 'to.else[1]'],
    [{ else: ['222', '222'] }, 'to.else[1]'],
    [{ else: '111' }, 'to.else[0]'],
    [{ else: { number: '222' } }, 'to.else'],
    [{ else: 222 }, 'to.else'],
    [{ else: true }, 'to.else'],
    [{ else: Array.from({ length: 11 }, (_, place) => String(200 + place)) }, 'to.else'],
    [{ else: ['222'], after: -1 }, 'to.after'],
    [{ else: ['222'], after: 'soon' }, 'to.after'],
    [{ else: [{ number: '222' }] }, 'to.else[0]'],
  ];
  for (const [more, field] of refused) {
    it(`are refused with their place: ${JSON.stringify(more).slice(0, 60)}`, () => {
      should(refusalOf(() => fallbackOf(more)).field).equal(field);
    });
  }
});
