import { check } from '../../../../support/ussd/check';

/** Other stories each time; more of them in the long test. */
const RUNS = Number(process.env.USSD_RUNS ?? 40);

describe('USSD dialogues, whatever happens meanwhile,', function () {
  this.timeout(60_000 + RUNS * 40);

  it('never have the reply of another one, also where all texts read the same', async () => {
    await check('alike', RUNS);
  });

  it('have their reply wherever it came in time, and no text is told twice or both as reply and as unsolicited', async () => {
    await check('different', RUNS);
  });

  it('keep their replies while others read and send on the ports, and SMS are sent', async () => {
    await check('crowded', RUNS);
  });
});
