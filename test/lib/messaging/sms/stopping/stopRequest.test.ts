import should from 'should';
import { readStopScope } from '../../../../../lib/messaging/jobs/stopScope';
import { readStopRequest } from '../../../../../lib/messaging/sms/stopping/stopRequest';
import { refusalOf } from '../../given';

describe('what is to be stopped', () => {
  it('is a task_id, as a number or as its digits; 0 is one', () => {
    for (const [given, task_id] of [
      [7, 7],
      [0, 0],
      ['12', 12],
      [' 0 ', 0],
    ]) {
      should(readStopRequest(given)).eql({ task_ids: [task_id] });
    }
  });

  it('is an array of them, each counted once', () => {
    should(readStopRequest([3, '1', 3, 0])).eql({ task_ids: [3, 1, 0] });
  });

  it('is the outcome of send sms: its recipients, whatever else it says', () => {
    const recipients = [
      { number: '123', user_id: 2 ** 30 + 5, task_id: 1, status: 'ACCEPTED', history: [] },
      { number: '124', user_id: 0, status: 'QUEUED', history: [] },
    ];
    should(readStopRequest({ ok: false, task_ids: [1], recipients })).eql({
      recipients: [
        { number: '123', user_id: 2 ** 30 + 5 },
        { number: '124', user_id: 0 },
      ],
    });
  });

  it('is the one SMS of an update, though that names its job as well', () => {
    const update = { number: '123', user_id: 2 ** 30 + 5, job: 'news', status: 'QUEUED', history: [] };
    should(readStopScope(update)).be.undefined();
    should(readStopRequest(update)).eql({ recipients: [{ number: '123', user_id: 2 ** 30 + 5 }] });
    should(refusalOf(() => readStopRequest({ job: 'news', user_id: '5' })).field).equal('task');
  });

  const bad: [string, unknown, string][] = [
    ['nothing', undefined, 'task'],
    ['null', null, 'task'],
    ['an empty text', '', 'task'],
    ['a text', 'all', 'task'],
    ['several in one text', '1,2', 'task'],
    ['a negative number', -1, 'task'],
    ['a fraction', 1.5, 'task'],
    ['a number that has lost digits', 2 ** 60, 'task'],
    ['a boolean', true, 'task'],
    ['an empty array', [], 'task'],
    ['an array with something else in it', [1, 'x'], 'task[1]'],
    ['an array in an array', [[1]], 'task[0]'],
    ['an object without recipients', { task_ids: [1] }, 'task'],
    ['an outcome without any recipient', { recipients: [] }, 'task'],
    ['recipients without a user_id', { recipients: [{ number: '123' }] }, 'task'],
    ['recipients that are no objects', { recipients: [null] }, 'task'],
  ];
  for (const [what, given, field] of bad) {
    it(`is not ${what}`, () => {
      should(refusalOf(() => readStopRequest(given)).field).equal(field);
    });
  }
});

describe('recipients that are to be stopped', () => {
  it('are named by a user_id that the gateway can have, their number being a text or nothing', () => {
    const read = (recipient: unknown) => readStopRequest({ recipients: [recipient] });
    should(read({ user_id: 0, number: '5' })).eql({ recipients: [{ user_id: 0, number: '5' }] });
    should(read({ user_id: 7, number: 5 })).eql({ recipients: [{ user_id: 7 }] });
    for (const user_id of [-1, 1.5, 2 ** 60, '7', undefined, null])
      should(() => read({ user_id })).throw({ code: 'INVALID_INPUT', message: /recipients\[0\]/ });
    for (const task of [-1, 1.5, '', ' ', true]) should(() => readStopRequest(task)).throw({ code: 'INVALID_INPUT' });
  });
});
