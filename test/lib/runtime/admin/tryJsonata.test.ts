import should from 'should';
import { tryJsonata } from '../../../../lib/runtime/admin/tryJsonata';
import type { Red } from '../../../../lib/runtime/red';

const nodeRed = process.env.NODE_RED_LIB ?? require.resolve('node-red');
const real = require(require.resolve('@node-red/util', { paths: [nodeRed] })) as Red;

describe('an expression that is tried in a dialog', () => {
  it('is read on a busy machine too, on which the time goes by while nothing is done', async () => {
    // The whole process stands still, as where others have the cores.
    const standStill = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    const prepareJSONataExpression: Red['util']['prepareJSONataExpression'] = (expression) => {
      const prepared = real.util.prepareJSONataExpression(expression);
      prepared.assign('standStill', standStill);
      return prepared;
    };
    const red: Red = { ...real, util: { ...real.util, prepareJSONataExpression } };
    should(await tryJsonata(red, '($standStill(); $number($substringAfter(payload, " ")))', 'credit 31')).equal(31);
  });

  it('is given up when it has kept a processor busy for too long', async () => {
    await should(tryJsonata(real, '($f := function() { $f() }; $f())', '')).be.rejectedWith(/takes too long/);
  });
});
