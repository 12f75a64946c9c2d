import should from 'should';
import { clockTime, statusOfSims } from '../../../../lib/runtime/sims/simStatus';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const ZONE = 'Europe/Vienna';
const sim = (more: object = {}) => ({
  ...{ port: 0, slot: 0, iccid: '8999', plan: 'Bulk', recipients: 0, resting: null, last_ok_iso: null },
  used: [],
  ...more,
});
const used = (value: number, resets_iso: string | null) => ({ count: 'sms', per: 'day', value, max: 3, resets_iso });
const full = sim({ used: [used(3, '2026-11-29T23:00:00.000Z'), used(2, '2026-11-29T12:30:00.000Z')] });

describe('the status of SIMs', () => {
  it('is the time from which on one may send, by the gateway’s clocks, where none may now', () => {
    const rests = sim({ resting: '2026-11-29T18:30:00.000Z' });
    should(statusOfSims([full], NOW, ZONE)).eql({ fill: 'yellow', shape: 'ring', text: '00:00' });
    should(statusOfSims([full, rests], NOW, ZONE)).match({ text: '19:30' });
    should(statusOfSims([full, rests], NOW, 'UTC')).match({ text: '18:30' });
  });

  it('is that a balance can not be read, where nothing else is to be said', () => {
    const unreadable = { ...sim(), balance: null, isUnreadable: true as const };
    should(statusOfSims([unreadable], NOW, ZONE)).match({ fill: 'yellow', text: /balance_unreadable/ });
    should(statusOfSims([{ ...full, isUnreadable: true }], NOW, ZONE)).match({ text: '00:00' });
    should(statusOfSims([{ ...sim(), balance: null }], NOW, ZONE)).be.undefined();
  });

  it('is nothing of theirs while one may send, or where there is none', () => {
    should(statusOfSims([full, sim({ used: [used(2, null)] })], NOW, ZONE)).be.undefined();
    should(statusOfSims([full, sim({ resting: '2026-11-29T11:59:00.000Z' })], NOW, ZONE)).be.undefined();
    should(statusOfSims([], NOW, ZONE)).be.undefined();
  });

  it('has the date where it is not within a day, and never more than a status holds', () => {
    should(clockTime(Date.parse('2026-12-31T23:00:00Z'), NOW, ZONE)).equal('2027-01-01 00:00');
    should(statusOfSims([sim({ used: [used(3, null)] })], NOW, ZONE)).match({ text: '∞' });
  });

  it('waits for the last of all limits that are used up, and of the rest', () => {
    const both = sim({ ...full, resting: '2026-11-30T05:00:00.000Z' });
    should(statusOfSims([both], NOW, ZONE)).match({ text: '06:00' });
  });
});
