import should from 'should';
import { atOnce } from '../../../../lib/concurrency';
import { type RawOptions, validateRequest } from '../../../../lib/messaging/taking/validateRequest';
import { refusalOf } from '../given';

const NOW = Date.parse('2026-11-29T10:00Z');
const read = (raw: Partial<RawOptions>) =>
  validateRequest({ to: '111', text: 'Hello', ...raw }, 'keep', NOW, 'DE', 'Europe/Berlin');
const fieldOf = (raw: Partial<RawOptions>): string | undefined => refusalOf(() => atOnce(read(raw))).field;

describe('send sms: when, as an input says it', () => {
  it('is nothing where it says nothing', () => {
    const { sms, last } = atOnce(read({ sendAt: '', window: [], spread: 0, lateBy: '' }));
    should(sms[0]).not.have.property('times');
    should(last).equal(NOW);
  });

  it('is kept as it was said, with the zone that a recipient has', () => {
    const to = [{ number: '017012345678' }, { number: '+12125550123', timezone: 'America/New_York' }];
    const { sms, last } = atOnce(
      read({ to, sendAt: '2026-11-30T09:00', sendZone: 'recipient', spread: 60, validity: 10 }),
    );
    const wall = Date.parse('2026-11-30T09:00Z');
    should(sms.map(({ times }) => times)).match([
      { at: { wall }, zone: 'Europe/Berlin', after: 0, validity: 10_000, late_by: 3_600_000 },
      { at: { wall }, zone: 'America/New_York', after: 30_000 },
    ]);
    // The wait counts from the last one's moment.
    should(last).equal(Date.parse('2026-11-30T14:00:30Z'));
  });

  it('is refused where a recipient has no zone, naming him', () => {
    const to = ['017012345678', { number: '+12125550123' }];
    const { field, message } = refusalOf(() => atOnce(read({ to, sendAt: '2026-11-30T09:00', sendZone: 'recipient' })));
    should(field).equal('to[1].timezone');
    should(message).match(/\+12125550123/);
    should(fieldOf({ to, window: [{ days: [1], from: '08:00', to: '09:00', zone: 'recipient' }] })).equal(
      'to[1].timezone',
    );
    const odd = { number: '017012345678', timezone: 'CST' };
    should(fieldOf({ to: [odd], sendAt: '2026-11-30T09:00', sendZone: 'recipient' })).equal('to.timezone');
    // An instant needs none.
    should(fieldOf({ to, sendAt: '2026-11-30T09:00Z', sendZone: 'recipient' })).be.undefined();
  });

  const refused: [field: string, raw: Partial<RawOptions>][] = [
    ['sendAt', { sendAt: 'soon' }],
    ['sendAt', { sendAt: 1_798_131_600 }],
    ['sendAt', { sendAt: '2026-11-29T09:59' }],
    ['sendAt', { sendAt: '2126-11-29T09:59' }],
    ['sendZone', { sendZone: 'BST' }],
    ['sendZone', { sendZone: 5 }],
    ['spread', { spread: -1 }],
    ['spread', { spread: 'x' }],
    ['lateBy', { lateBy: -1 }],
    ['window', { window: 'always' }],
    ['window[0].days', { window: [{ days: [0], from: '08:00', to: '09:00' }] }],
    ['window[0].to', { window: [{ days: [1], from: '08:00', to: '9' }] }],
  ];
  for (const [field, raw] of refused) {
    it(`is refused by its name for ${JSON.stringify(raw)}`, () => should(fieldOf(raw)).equal(field));
  }

  it('leaves others their turn while thousands are given theirs', () => {
    const to = Array.from({ length: 6400 }, (_, place) => `+49170${1_000_000 + place}`);
    const steps = read({ to, sendAt: '2026-11-30T09:00', sendZone: 'recipient', spread: 600 });
    let turns = 0;
    for (let step = steps.next(); !step.done; step = steps.next()) turns += 1;
    // Each of the passes over them in steps of 64.
    should(turns).be.aboveOrEqual(5 * (6400 / 64 - 1));
  });
});
