import should from 'should';
import { readHours } from '../../../../lib/times';

const row = { days: [1, 2], from: '08:00', to: '17:30', zone: '' };

describe('rows of hours', () => {
  it('are read as they are written, each day once; nothing is always', () => {
    should(readHours([{ ...row, days: [2, 1, 2] }])).eql({ hours: [row] });
    const { zone: _none, ...bare } = row;
    should(readHours([bare, { ...row, zone: 'recipient' }])).eql({ hours: [row, { ...row, zone: 'recipient' }] });
    for (const nothing of [undefined, null, '', []]) should(readHours(nothing)).eql({ hours: [] });
  });

  const bad: [what: string, given: unknown, problem: object][] = [
    ['a text', 'always', { why: 'list' }],
    ['a single row', row, { why: 'list' }],
    ['thousands of rows', new Array(1000).fill(row), { why: 'list' }],
    ['a row that is none', [row, 'x'], { row: 1, why: 'row' }],
    ['a row that is a list', [[]], { row: 0, why: 'row' }],
    ['days that are no list', [{ ...row, days: 1 }], { row: 0, field: 'days', why: 'days' }],
    ['no day', [{ ...row, days: [] }], { row: 0, field: 'days', why: 'days' }],
    ['day 0', [{ ...row, days: [0] }], { row: 0, field: 'days', why: 'days' }],
    ['day 8', [row, { ...row, days: [1, 8] }], { row: 1, field: 'days', why: 'days' }],
    ['a named day', [{ ...row, days: ['Mon'] }], { row: 0, field: 'days', why: 'days' }],
    ['half a day', [{ ...row, days: [1.5] }], { row: 0, field: 'days', why: 'days' }],
    ['24:00', [{ ...row, to: '24:00' }], { row: 0, field: 'to', why: 'time' }],
    ['one digit', [{ ...row, from: '8:00' }], { row: 0, field: 'from', why: 'time' }],
    ['seconds', [{ ...row, from: '08:00:00' }], { row: 0, field: 'from', why: 'time' }],
    ['minute 60', [{ ...row, from: '08:60' }], { row: 0, field: 'from', why: 'time' }],
    ['a number of hours', [{ ...row, from: 8 }], { row: 0, field: 'from', why: 'time' }],
    ['no end', [{ ...row, to: '' }], { row: 0, field: 'to', why: 'time' }],
    ['an unknown zone', [{ ...row, zone: 'Mars/Olympus' }], { row: 0, field: 'zone', why: 'zone' }],
    ['a zone of several places', [{ ...row, zone: 'CST' }], { row: 0, field: 'zone', why: 'zone' }],
    ['a zone that is a number', [{ ...row, zone: 1 }], { row: 0, field: 'zone', why: 'zone' }],
  ];
  for (const [what, given, problem] of bad) {
    it(`aren't ${what}: row and field are named`, () => should(readHours(given)).eql({ problem }));
  }
});
