import should from 'should';
import { readSimCommand } from '../../../../lib/runtime/sims/readSimCommand';

const read = (given: object) =>
  readSimCommand({ action: 'usage', port: undefined, iccid: undefined, param: undefined, ...given });
const refused = (given: object): string => {
  try {
    read(given);
    return 'nothing';
  } catch (error) {
    const { code, cause, message } = error as { code: string; cause: { field: string }; message: string };
    return `${code} ${cause.field}: ${message}`;
  }
};
const USED = { count: 'sms', per: 'day', value: 5 };

describe('what a sim-care node is asked to do', () => {
  it('concerns all SIMs only where it is their usage', () => {
    should(read({})).eql({ action: 'usage', choice: {} });
    should(read({ port: ' ', iccid: null })).eql({ action: 'usage', choice: {} });
    for (const action of ['reset', 'rest', 'wake', 'set']) {
      should(refused({ action, param: 5 })).match(/^INVALID_INPUT port: .*is missing/);
    }
  });

  it('names one SIM by its port or by its ICCID', () => {
    should(read({ action: 'reset', port: '0' })).eql({ action: 'reset', choice: { port: 0 } });
    should(read({ action: 'wake', iccid: ' 8943011234567890123F ' })).eql({
      ...{ action: 'wake', choice: { iccid: '8943011234567890123F' } },
    });
    should(refused({ port: 1, iccid: '8943011234567890123' })).match(/^INVALID_INPUT iccid: .*beside port/);
    for (const port of [32, -1, 1.5, '1,2', 'all', {}, true]) should(refused({ port })).match(/^INVALID_INPUT port: /);
    for (const iccid of [8.943e18, 'card', '12', {}]) should(refused({ iccid })).match(/^INVALID_INPUT iccid: /);
  });

  it('has a param where it needs one, and none is read for the others', () => {
    should(read({ action: 'rest', port: 1, param: '90' })).eql({ action: 'rest', choice: { port: 1 }, seconds: 90 });
    should(read({ action: 'set', port: 1, param: JSON.stringify(USED) })).match({ used: USED });
    should(read({ action: 'set', port: 1, param: USED })).match({ used: USED });
    should(read({ action: 'reset', port: 1, param: 'whatever' })).eql({ action: 'reset', choice: { port: 1 } });
    for (const param of [undefined, '', 0, -5, 'soon', {}, true, Number.POSITIVE_INFINITY]) {
      should(refused({ action: 'rest', port: 1, param })).match(/^INVALID_INPUT param: .*seconds/);
    }
    for (const param of [
      undefined,
      5,
      'five',
      [USED],
      { ...USED, count: 1 },
      { ...USED, per: null },
      { ...USED, value: '5' },
    ]) {
      should(refused({ action: 'set', port: 1, param })).match(/^INVALID_INPUT param: /);
    }
  });

  it('is one of five words', () => {
    for (const action of ['Usage', '', undefined, 'stop', 1]) {
      should(refused({ action })).match(/^INVALID_INPUT action: .*usage, reset, rest, wake, set/);
    }
  });
});
