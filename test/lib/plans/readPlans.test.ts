import should from 'should';
import { isPlanOpen, type Plan, planOf, problemOf, readPlans } from '../../../lib/plans';

const read = (row: object): Plan => readPlans([row], 'Europe/Vienna')[0] as Plan;
const wrong = (row: unknown): string => {
  const problem = problemOf([{ name: 'good' }, row]);
  return problem ? `${problem.row} ${problem.field} ${problem.kind}` : 'nothing';
};
const ASKED = { ussd: '*100#' };
const LIMIT = { count: 'sms', per: 'day', max: 3 };

describe('plans of SIMs, read', () => {
  it('are none where nothing is saved', () => {
    for (const nothing of [undefined, null, '', '  ', [], '[]']) should(readPlans(nothing, 'UTC')).eql([]);
  });

  it('have their defaults for what is not said', () => {
    should(read({})).eql({
      name: 'Plan 1',
      zone: 'Europe/Vienna',
      match: {},
      limits: [],
      pause: { min: 0, max: 0 },
      reserve: { percent: 10, least: 1 },
      overdraft: 0,
      usedUp: 'wait',
      sticky: { mode: 'prefer', days: 30 },
    });
    const { limits } = read({
      limits: ['minute', 'hour', 'day', 'week', 'month', 'card'].map((per) => ({ ...LIMIT, per })),
    });
    should(limits.map(({ reset }) => reset)).eql([
      'sliding',
      'sliding',
      'calendar',
      'calendar',
      'calendar',
      'calendar',
    ]);
    should(limits[2]).eql({ ...LIMIT, reset: 'calendar', at: '00:00', day: 1, zone: 'Europe/Vienna' });
  });

  it('are the same as JSON', () => {
    const row = { name: 'a', limits: [LIMIT], reserve: 0, sticky: 'off', pause: { min: 1, max: 2.5 } };
    should(readPlans(JSON.stringify([row]), 'UTC')).eql(readPlans([row], 'UTC'));
  });

  it('take short forms: a number of per cent, of seconds, and how sticky they are', () => {
    const plan = read({ reserve: 0, pause: 7, sticky: 'off' });
    should(plan).match({
      reserve: { percent: 0, least: 0 },
      pause: { min: 7, max: 7 },
      sticky: { mode: 'off', days: 30 },
    });
  });

  it('name an operator with or without a dash, and digits as a list or a text', () => {
    should(read({ match: { operator: '262-01' } }).match).eql({ imsi: ['26201'] });
    should(read({ match: { operator: '310260', imsi: '26202, 26203' } }).match).eql({
      imsi: ['26202', '26203', '310260'],
    });
    should(read({ match: { iccid: ['8943F', 8944], ports: '0,2-3' } }).match).eql({
      iccid: ['8943', '8944'],
      ports: [0, 2, 3],
    });
    should(read({ match: { ports: [5, '1'], iccid: [] } }).match).eql({ ports: [1, 5] });
    should(read({ match: { ports: 'all' } }).match).eql({});
  });

  it('say how the balance is learned and which slots take turns', () => {
    should(read({ balance: { ussd: 'firmware', warnBelow: 5 } }).balance).match({ codes: [], every: 24, warnBelow: 5 });
    should(read({ balance: { ussd: '*100#, 1', read: 'is ([0-9.]+)', every: '12', stopBelow: '0.5' } }).balance).eql({
      codes: ['*100#', '1'],
      read: 'is ([0-9.]+)',
      readType: 're',
      every: 12,
      stopBelow: 0.5,
    });
    should(read({ balance: { ...ASKED, read: 'payload', readType: 'jsonata' } }).balance).match({
      read: 'payload',
      readType: 'jsonata',
    });
    should(read({ usedUp: 'rotate', rotate: { slots: '1, 0', at: '6:30' } }).rotate).eql({
      slots: [1, 0],
      at: ['06:30'],
    });
    should(read({ rotate: { slots: [0, 3] } }).rotate).eql({ slots: [0, 3], at: [] });
  });

  it('are refused for whatever is wrong, with the row and the field', () => {
    const cases: [unknown, string][] = [
      ['a', '2  row'],
      [null, '2  row'],
      [[], '2  row'],
      [{ name: 'good' }, '2 name twice'],
      [{ name: {} }, '2 name text'],
      [{ limit: [] }, '2 limit unknown'],
      [{ match: 'all' }, '2 match row'],
      [{ match: { port: 1 } }, '2 match.port unknown'],
      [{ match: { ports: '32' } }, '2 match.ports ports'],
      [{ match: { ports: [0, -1] } }, '2 match.ports ports'],
      [{ match: { iccid: ['89x'] } }, '2 match.iccid digits'],
      [{ match: { imsi: '262 0l' } }, '2 match.imsi digits'],
      [{ match: { operator: 'Fictel' } }, '2 match.operator operator'],
      [{ match: { operator: '26-201' } }, '2 match.operator operator'],
      [{ balance: 'firmware' }, '2 balance row'],
      [{ balance: {} }, '2 balance.ussd missing'],
      [{ balance: { ussd: 'balance' } }, '2 balance.ussd code'],
      [{ balance: { ussd: '1,2,3,4,5,6' } }, '2 balance.ussd code'],
      [{ balance: { ...ASKED, read: 'credit' } }, '2 balance.read pattern'],
      [{ balance: { ...ASKED, read: '(\\d+) of (\\d+)' } }, '2 balance.read pattern'],
      [{ balance: { ...ASKED, read: '(\\d+' } }, '2 balance.read pattern'],
      [{ balance: { ...ASKED, read: `(${'a'.repeat(500)})` } }, '2 balance.read pattern'],
      [{ balance: { ...ASKED, readType: 'jsonata' } }, '2 balance.read missing'],
      [{ balance: { ...ASKED, readType: 'xpath' } }, '2 balance.readType choice'],
      [{ balance: { ...ASKED, every: 0 } }, '2 balance.every number'],
      [{ balance: { ...ASKED, warnBelow: 'five' } }, '2 balance.warnBelow number'],
      [{ balance: { ...ASKED, stopBelow: Number.NaN } }, '2 balance.stopBelow number'],
      [{ balance: { ...ASKED, warn: 5 } }, '2 balance.warn unknown'],
      [{ usedUp: 'rotate' }, '2 usedUp noSlots'],
      [{ rotate: [0, 1] }, '2 rotate row'],
      [{ rotate: {} }, '2 rotate.slots missing'],
      [{ rotate: { slots: [0] } }, '2 rotate.slots slots'],
      [{ rotate: { slots: [0, 4] } }, '2 rotate.slots slots'],
      [{ rotate: { slots: '0,1,0' } }, '2 rotate.slots slots'],
      [{ rotate: { slots: '0,1', at: ['25:00'] } }, '2 rotate.at[0] time'],
      [{ limits: LIMIT }, '2 limits list'],
      [{ limits: [LIMIT, 3] }, '2 limits[1] row'],
      [{ limits: [{ ...LIMIT, count: 'calls' }] }, '2 limits[0].count choice'],
      [{ limits: [{ per: 'day', max: 3 }] }, '2 limits[0].count missing'],
      [{ limits: [{ count: 'sms', max: 3 }] }, '2 limits[0].per missing'],
      [{ limits: [{ ...LIMIT, per: 'year' }] }, '2 limits[0].per choice'],
      [{ limits: [{ count: 'sms', per: 'day' }] }, '2 limits[0].max whole'],
      [{ limits: [{ ...LIMIT, max: 0 }] }, '2 limits[0].max whole'],
      [{ limits: [{ ...LIMIT, max: 2.5 }] }, '2 limits[0].max whole'],
      [{ limits: [{ ...LIMIT, max: 'many' }] }, '2 limits[0].max whole'],
      [{ limits: [{ ...LIMIT, max: [3] }] }, '2 limits[0].max whole'],
      [{ limits: [{ ...LIMIT, reset: 'never' }] }, '2 limits[0].reset choice'],
      [{ limits: [{ ...LIMIT, per: 'card', reset: 'sliding' }] }, '2 limits[0].reset cardSliding'],
      [{ limits: [{ ...LIMIT, at: '24:00' }] }, '2 limits[0].at time'],
      [{ limits: [{ ...LIMIT, at: '6.30' }] }, '2 limits[0].at time'],
      [{ limits: [{ ...LIMIT, day: 32, per: 'month' }] }, '2 limits[0].day whole'],
      [{ limits: [{ ...LIMIT, day: 8, per: 'week' }] }, '2 limits[0].day whole'],
      [{ limits: [{ ...LIMIT, zone: 'CST' }] }, '2 limits[0].zone zone'],
      [{ limits: [{ ...LIMIT, unit: 'x' }] }, '2 limits[0].unit unknown'],
      [{ pause: { min: 5, max: 3 } }, '2 pause.max order'],
      [{ pause: { min: -1 } }, '2 pause.min number'],
      [{ pause: 'long' }, '2 pause number'],
      [{ reserve: 101 }, '2 reserve number'],
      [{ reserve: { least: 1.5 } }, '2 reserve.least whole'],
      [{ overdraft: -1 }, '2 overdraft whole'],
      [{ usedUp: 'drop' }, '2 usedUp choice'],
      [{ sticky: 'on' }, '2 sticky choice'],
      [{ sticky: { mode: 'always', days: 0 } }, '2 sticky.days whole'],
      [{ ramp: {} }, '2 ramp noDayLimit'],
      [{ ramp: { start: 0 }, limits: [LIMIT] }, '2 ramp.start whole'],
      [{ ramp: { grow: 0 }, limits: [LIMIT] }, '2 ramp.grow number'],
    ];
    for (const [row, expected] of cases) should(wrong(row)).equal(expected, JSON.stringify(row));
    for (const list of [{}, 3, 'no', '{}', true]) should(problemOf(list)).match({ kind: 'list', row: 0 });
  });

  it('say in English where they are wrong', () => {
    const text = 'row 1, limits[0].max must be a whole number from 1 to 1000000';
    should(() => read({ limits: [{ ...LIMIT, max: 0 }] })).throw(text);
  });
});

describe('the plan of a SIM', () => {
  const plans = readPlans(
    [
      { name: 'ports', match: { ports: [1] } },
      { name: 'card', match: { iccid: '8943' } },
      { name: 'operator', match: { operator: '262-01' } },
      { name: 'rest' },
    ],
    'UTC',
  );
  const nameOf = (port: number, iccid = '', imsi = ''): string | undefined =>
    planOf(plans, { port, iccid, imsi })?.name;

  it('is the first that matches it in any one way', () => {
    should(nameOf(1, '8943', '262011')).equal('ports');
    should(nameOf(2, '8943', '262011')).equal('card');
    should(nameOf(2, '89430', '262011')).equal('operator');
    should(nameOf(2, '', '262021')).equal('rest');
    should(nameOf(0)).equal('rest');
  });

  it('is open as long as a row that comes first names cards or operators, and the SIM has not told its own', () => {
    const isOpen = (port: number, iccid = '', imsi = ''): boolean => isPlanOpen(plans, { port, iccid, imsi });
    should(isOpen(1)).be.false();
    should(isOpen(2)).be.true();
    should(isOpen(2, '8943')).be.false();
    should(isOpen(2, '89430')).be.true();
    should(isOpen(2, '', '262011')).be.true();
    should(isOpen(2, '89430', '262021')).be.false();
    should(isPlanOpen(plans.slice(0, 1), { port: 2, iccid: '', imsi: '' })).be.false();
    should(isPlanOpen(plans.slice(3), { port: 2, iccid: '', imsi: '' })).be.false();
  });

  it('is none where no row matches', () => {
    should(planOf(plans.slice(0, 3), { port: 0, iccid: '', imsi: '' })).equal(undefined);
  });
});
