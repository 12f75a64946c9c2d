import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import type { Slot } from '../../../../lib/messaging/requestQueue/slot';
import { settled } from '../../../support/FakeClock';
import { codeOf, HeldRequests } from '../HeldRequests';

describe('line: reads that ask for the same', () => {
  let held: HeldRequests;
  beforeEach(() => {
    held = new HeldRequests();
  });
  const ask = (name: string, turn: Slot): Promise<unknown> => held.ask(name, turn);

  const read = (name: string, turn: Partial<Slot> = {}): Promise<unknown> =>
    ask(name, { kind: 'watch', share: 'ports', ...turn });

  /** A request that keeps the line busy until it is answered. */
  const busy = (): void => void ask('busy', { kind: 'sms' });

  it('share one answer while they wait', async () => {
    busy();
    const asking = [read('first'), read('second'), ask('other', { kind: 'watch', share: 'queue' })];
    await held.answerAll();
    should(held.left).deepEqual(['busy', 'first', 'other']);
    should(await Promise.all(asking)).deepEqual(['first', 'first', 'other']);
  });

  it('share one failure as well, and ask anew after it', async () => {
    busy();
    const asking = [codeOf(read('first')), codeOf(read('second'))];
    await settled();
    held.underWay.shift()?.answer('sent');
    await settled();
    held.underWay.shift()?.fail(new GatewayError('TIMEOUT', 'slow', 'unknown'));
    should(await Promise.all(asking)).deepEqual(['TIMEOUT', 'TIMEOUT']);
    const again = read('again');
    await held.answerAll();
    should(await again).equal('again');
  });

  it('get an answer of their own when the first one has left: it may tell what was before', async () => {
    const asking = [read('first')];
    await settled();
    asking.push(read('second'), read('third'));
    await held.answerAll();
    should(held.left).deepEqual(['first', 'second']);
    should(await Promise.all(asking)).deepEqual(['first', 'second', 'second']);
  });

  it('leave when the most urgent of them would', async () => {
    busy();
    const asking = [read('lazy'), ask('poll', { kind: 'poll' }), read('urgent', { kind: 'result' })];
    await held.answerAll();
    should(held.left).deepEqual(['busy', 'lazy', 'poll']);
    await Promise.all(asking);
  });

  it('answer the others when the node of the first is removed', async () => {
    busy();
    const removal = new AbortController();
    const first = codeOf(read('first', { signal: removal.signal }));
    const second = read('second', { signal: new AbortController().signal });
    removal.abort();
    should(await first).equal('STOPPED');
    await held.answerAll();
    should(await second).equal('first');
  });

  it('are given up when all who asked are gone, waiting or under way', async () => {
    busy();
    const removal = new AbortController();
    const both = ['first', 'second'].map((name) => codeOf(read(name, { signal: removal.signal })));
    removal.abort();
    should(await Promise.all(both)).deepEqual(['STOPPED', 'STOPPED']);
    const next = read('next');
    await held.answerAll();
    should(held.left).deepEqual(['busy', 'next']);
    should(await next).equal('next');

    const later = new AbortController();
    const gone = codeOf(read('gone', { signal: later.signal }));
    await settled();
    later.abort();
    should(await gone).equal('STOPPED');
    should(held.underWay[0]?.signal?.aborted).be.true();
  });

  it('are begun anew by who asks in the very moment in which they are given up', async () => {
    busy();
    const removal = new AbortController();
    const gone = codeOf(read('gone', { signal: removal.signal }));
    removal.abort();
    const next = read('next');
    await held.answerAll();
    should(await gone).equal('STOPPED');
    should(await next).equal('next');
  });

  it('go on under way while one of them still wants the answer', async () => {
    const removal = new AbortController();
    busy();
    const gone = codeOf(read('first', { signal: removal.signal }));
    const stays = read('second');
    await settled();
    held.underWay.shift()?.answer('sent');
    await settled();
    removal.abort();
    should(await gone).equal('STOPPED');
    should(held.underWay[0]?.signal?.aborted).be.false();
    await held.answerAll();
    should(await stays).equal('first');
  });
});
