import path from 'node:path';
import should from 'should';
import { invalidInput } from '../../lib/gateway-api';

describe("an error in Node-RED's debug sidebar", () => {
  it('shows what its cause says', () => {
    const nodeRed = process.env.NODE_RED_LIB ?? require.resolve('node-red');
    const { util } = require(require.resolve('@node-red/util', { paths: [path.dirname(nodeRed)] }));
    const { msg } = util.encodeObject({ msg: invalidInput('to', 'is empty') });
    should(JSON.parse(msg).data).match({
      message: 'to: is empty',
      code: 'INVALID_INPUT',
      cause: '{"retryable":false,"field":"to"}',
    });
  });
});
