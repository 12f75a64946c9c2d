import should from 'should';
import { until } from '../../support/until';
import { closeAll, failureOf, HandClock, simulated } from './helpers';

describe('when a gateway was last heard', () => {
  afterEach(closeAll);

  it('is told by its last answer, and since when it is silent by the first request without one', async () => {
    const clock = new HandClock();
    const { client, simulator } = await simulated({}, { clock });
    should(client.contact).eql({});
    await client.querySmsInQueue();
    const answered = clock.now();
    should(client.contact).eql({ answered });
    simulator.fault({ fault: 'refuse' });
    clock.forward(1000);
    const silent = clock.now();
    await client.querySmsInQueue().catch(() => undefined);
    clock.forward(1000);
    await failureOf(client.querySmsInQueue(), 'UNREACHABLE');
    should(client.contact).eql({ answered, silent });
    simulator.clearFaults();
    await until(() =>
      client.querySmsInQueue().then(
        () => true,
        () => false,
      ),
    );
    should(client.contact).eql({ answered: clock.now() });
  });

  it('is no affair of a request that was given up', async () => {
    const { client, simulator } = await simulated();
    simulator.fault({ fault: 'hang' });
    const given = new AbortController();
    const asking = failureOf(client.querySmsInQueue({ signal: given.signal }), 'STOPPED');
    await until(() => simulator.requests.length > 0);
    given.abort();
    await asking;
    should(client.contact).eql({});
  });
});
