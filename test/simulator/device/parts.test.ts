import should from 'should';
import { deviceTimeIn } from '../../../simulator/device/deviceTime';
import { Ledger } from '../../../simulator/device/Ledger';
import { settle } from '../../../simulator/device/settings';
import { countSegments } from '../../../simulator/device/sms/segments';
import { until } from '../../support/until';
import { closeAll, gateway, post } from '../helpers';

describe('parts of the simulated gateway', () => {
  afterEach(closeAll);

  it('count segments by 160 and 153 septets, 70 and 67 UTF-16 units', () => {
    const cases: [string, 'unicode' | 'gsm-7bit', number][] = [
      ['', 'unicode', 1],
      ['x'.repeat(160), 'gsm-7bit', 1],
      ['x'.repeat(161), 'gsm-7bit', 2],
      ['x'.repeat(306), 'gsm-7bit', 2],
      ['x'.repeat(307), 'gsm-7bit', 3],
      ['€'.repeat(80), 'gsm-7bit', 1],
      [`${'x'.repeat(152)}€${'x'.repeat(152)}`, 'gsm-7bit', 3],
      ['x'.repeat(70), 'unicode', 1],
      ['x'.repeat(71), 'unicode', 2],
      ['x'.repeat(135), 'unicode', 3],
      ['😀'.repeat(35), 'unicode', 1],
      ['😀'.repeat(67), 'unicode', 3],
    ];
    for (const [text, encoding, segments] of cases) should(countSegments(text, encoding)).equal(segments);
  });

  it('keep only the newest records and find them by key', () => {
    const ledger = new Ledger<{ id: number; odd: boolean }, 'odd'>(100, { odd: ({ odd }) => odd });
    for (let id = 0; id < 1000; id += 1) ledger.add({ id, odd: id % 2 === 1 });
    should(ledger.all().length).be.within(100, 110);
    should(ledger.all().at(-1)?.id).equal(999);
    should(ledger.by('odd', [true]).length).be.within(50, 55);
    ledger.remove(({ odd }) => odd);
    should(ledger.by('odd', [true, true])).be.empty();
  });

  it('print the time of the device’s own zone', () => {
    const at = Date.UTC(2026, 6, 1, 22, 30, 5);
    should(deviceTimeIn('UTC')(at)).equal('2026-07-01 22:30:05');
    should(deviceTimeIn('Asia/Shanghai')(at)).equal('2026-07-02 06:30:05');
    should(() => deviceTimeIn('Nowhere/Land')).throw(RangeError);
  });

  it('refuse more than 32 ports', () => {
    should(() => settle({ ports: 33 })).throw(/ports must be a whole number from 1 to 32/);
  });

  it('carry a burst of 5,000 SMS without growing slower', async () => {
    const simulator = await gateway();
    const param = (from: number) => Array.from({ length: 100 }, (_, index) => ({ number: '1', user_id: from + index }));
    for (let from = 0; from < 5000; from += 100)
      await post(simulator, '/api/send_sms', { text: 'x', param: param(from) });
    await until(() => simulator.submitted.every(({ state }) => state === 'DELIVERED'));
    const { result } = await post(simulator, '/api/query_sms_result', { user_id: [0, 4999] });
    should(result).have.length(2);
  });
});
