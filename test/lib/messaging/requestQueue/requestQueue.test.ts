import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { KINDS, type Slot } from '../../../../lib/messaging/requestQueue/slot';
import { settled } from '../../../support/FakeClock';
import { codeOf, HeldRequests } from '../HeldRequests';

describe('the queue of requests to a gateway', () => {
  let held: HeldRequests;
  beforeEach(() => {
    held = new HeldRequests();
  });
  const ask = (name: string, turn: Slot): Promise<unknown> => held.ask(name, turn);

  describe('one request at a time', () => {
    it('lets a request leave at once when nothing is under way', async () => {
      const asking = ask('only', { kind: 'watch' });
      await settled();
      should(held.left).deepEqual(['only']);
      should(held.requests.idle).be.false();
      await held.answerAll();
      should(await asking).equal('only');
      should(held.requests.idle).be.true();
    });

    it('lets what waits leave by kind when the queue is free again', async () => {
      const asking = ['first', ...[...KINDS].reverse()].map((name) =>
        ask(name, { kind: name === 'first' ? 'sms' : (name as Slot['kind']) }),
      );
      await held.answerAll();
      should(held.left).deepEqual(['first', ...KINDS]);
      should(await Promise.all(asking)).deepEqual(['first', ...[...KINDS].reverse()]);
    });

    it('lets a read leave before a stream of SMS once it has waited for 8 seconds', async () => {
      const asking = [ask('sms', { kind: 'sms' }), ask('watch', { kind: 'watch' })];
      for (let second = 1; second <= 10; second++) {
        asking.push(ask('sms', { kind: 'sms' }));
        await held.clock.advance(1000);
        held.underWay.shift()?.answer('sent');
        await settled();
      }
      should(held.left.indexOf('watch')).equal(8);
      await held.answerAll();
      await Promise.all(asking);
    });

    it('goes on after a request that failed, and after one that threw at once', async () => {
      const failing = codeOf(ask('failing', { kind: 'sms' }));
      const throwing = codeOf(
        held.requests.run({ kind: 'sms' }, () => {
          throw new GatewayError('INVALID_INPUT', 'no', 'no');
        }),
      );
      const asking = ask('next', { kind: 'sms' });
      await settled();
      held.underWay.shift()?.fail(new GatewayError('TIMEOUT', 'slow', 'unknown'));
      await held.answerAll();
      should(await failing).equal('TIMEOUT');
      should(await throwing).equal('INVALID_INPUT');
      should(await asking).equal('next');
    });

    it('holds also for a turn that is asked for from within a request', async () => {
      let inner: Promise<unknown> | undefined;
      const outer = held.requests.run({ kind: 'sms' }, async () => {
        inner = ask('inner', { kind: 'stop' });
        await settled();
        should(held.left).be.empty();
      });
      await outer;
      await held.answerAll();
      should(await inner).equal('inner');
    });

    it('is never more than asked for, with any concurrency and in any order of answers', async () => {
      const step = fc.oneof(
        fc.constantFrom(...KINDS).map((kind) => ({ kind })),
        fc.nat(5).map((answered) => ({ answered })),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), async (steps, most) => {
          held = new HeldRequests(most);
          const asking: Promise<unknown>[] = [];
          for (const what of steps) {
            if ('kind' in what) asking.push(ask(`${asking.length}`, what));
            else held.underWay.splice(what.answered % Math.max(held.underWay.length, 1), 1)[0]?.answer('done');
            await settled();
            should(held.underWay.length).be.belowOrEqual(most);
          }
          await held.answerAll();
          await Promise.all(asking);
          should(held.left).have.length(asking.length);
          should(held.requests.idle).be.true();
        }),
        { numRuns: 60 },
      );
    });

    it('becomes two as soon as the configuration says so, over the new client', async () => {
      const asking = [ask('one', { kind: 'sms' }), ask('two', { kind: 'sms' }), ask('three', { kind: 'sms' })];
      await settled();
      held.requests.use('second api', 2);
      await settled();
      should(held.underWay.map(({ name, api }) => [name, api])).deepEqual([
        ['one', 'first api'],
        ['two', 'second api'],
      ]);
      should(held.requests.api).equal('second api');
      await held.answerAll();
      await Promise.all(asking);
    });
  });

  describe('a removed node', () => {
    it('gives its place back: the request never leaves', async () => {
      const removal = new AbortController();
      const asking = [ask('first', { kind: 'sms' }), ask('last', { kind: 'watch' })];
      const removed = codeOf(ask('removed', { kind: 'sms', signal: removal.signal }));
      removal.abort();
      should(await removed).equal('STOPPED');
      await held.answerAll();
      should(held.left).deepEqual(['first', 'last']);
      await Promise.all(asking);
    });

    it("hands its signal to the request under way, whose end is the client's", async () => {
      const removal = new AbortController();
      const asking = codeOf(ask('read', { kind: 'poll', signal: removal.signal }));
      await settled();
      should(held.underWay[0]?.signal).equal(removal.signal);
      removal.abort();
      await settled();
      held.underWay.shift()?.fail(new GatewayError('UNKNOWN_OUTCOME', 'given up', 'unknown'));
      should(await asking).equal('UNKNOWN_OUTCOME');
    });

    it('does not even ask', async () => {
      const signal = AbortSignal.abort();
      should(await codeOf(ask('late', { kind: 'poll', signal }))).equal('STOPPED');
      should(await codeOf(ask('late', { kind: 'poll', signal, share: 'ports' }))).equal('STOPPED');
      should(held.left).be.empty();
      should(held.requests.idle).be.true();
    });
  });

  describe('a closed line', () => {
    it('refuses what waits and what comes, and sees to its end what is under way', async () => {
      const first = ask('first', { kind: 'sms' });
      await settled();
      const waiting = [codeOf(ask('second', { kind: 'sms' })), codeOf(ask('third', { kind: 'poll', share: 'ports' }))];
      held.requests.close();
      should(await Promise.all(waiting)).deepEqual(['STOPPED', 'STOPPED']);
      should(await codeOf(ask('fourth', { kind: 'stop' }))).equal('STOPPED');
      should(await codeOf(ask('fifth', { kind: 'poll', share: 'ports' }))).equal('STOPPED');
      let over = false;
      const end = held.requests.settled().then(() => {
        over = true;
      });
      await settled();
      should(over).be.false('a request is still under way');
      await held.answerAll();
      await end;
      should(await first).equal('first');
      should(held.left).deepEqual(['first']);
      should(held.requests.idle).be.true();
    });

    it('is settled when nothing is under way', async () => {
      held.requests.close();
      await held.requests.settled();
      should(held.requests.idle).be.true();
    });
  });
});
