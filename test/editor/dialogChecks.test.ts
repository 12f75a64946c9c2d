import should from 'should';
import { time } from '../../lib/editor/checks/times';
import { walk } from '../../lib/editor/checks/walk';
import type { Check } from '../../lib/editor/problem';
import { readStkRequest } from '../../lib/messaging/dialogs/stk/stkRequest';
import { readTime } from '../../lib/messaging/reading/times';

/** The editor refuses exactly what the running node would. */
function agrees(check: Check, run: (value: string) => unknown, values: readonly string[]): void {
  for (const value of values) {
    let runs = true;
    try {
      run(value);
    } catch {
      runs = false;
    }
    should(check(value, () => '') === undefined).equal(runs, JSON.stringify(value));
  }
}

describe('a form refuses, as the node would,', () => {
  it('walks that are none, and no others', () => {
    agrees(walk, (value) => readStkRequest({ port: 0, action: 'walk', param: JSON.parse(value), wait: 10 }), [
      ...['["Balance", 2, {"input": "1"}]', '[0]', '[{"input": 5}]', '[{"input": true}]', '["天地"]'],
      ...['', '[', '"Balance"', '{}', '[]', '[""]', '[" "]', '["\u3000"]', '[-1]', '[1.5]', '[null]', '[true]'],
      ...['[{"input": ""}]', '[{"input": null}]', '[{"input": {}}]', '[{"say": "x"}]', '[["a"]]', 'null', '3'],
    ]);
  });

  it('times that are none, and no others', () => {
    agrees(time, (value) => readTime(value, 'timeAfter', 'UTC'), [
      ...[
        '',
        '2026-07-12 15:46:18',
        ' 2026-7-2 5:6:8 ',
        '2026-07-12T15:46:18Z',
        '2026-07-12T15:46:18+02:00',
        '2026-07-12',
        '2026-07-12 15:46',
        '2026/11/28 12:00:00',
        '26/11/28,12:00:00+04',
      ],
      ...['soon', '2026-13-01', '2026-07-12 25:00:00Z', '12', '28/11/2026 12:00:00', '26-11-28 12:00:00'],
      ...[
        '2026-10-25 03:00:00 CST',
        '10/11/2026 10:00 AM',
        'yesterday 5',
        'Oct 25 2026 03:00',
        '2026-02-30',
        '2026-07',
      ],
      ...['Sat, 28 Nov 2026 00:00:00 GMT', '1795867200000', '1795867200'],
    ]);
  });
});
