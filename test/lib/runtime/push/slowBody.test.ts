import { EventEmitter } from 'node:events';
import should from 'should';
import { parseAllowList } from '../../../../lib/push';
import { answerPush } from '../../../../lib/runtime/push/answerPush';
import type { PushRequest } from '../../../../lib/runtime/push/body';
import { FakeClock } from '../../../support/FakeClock';

/** A request of which the test sends what it likes. */
class Request extends EventEmitter {
  readonly headers = {};
  readonly socket = { remoteAddress: '192.0.2.1' };
  resume(): void {
    // Nothing is read.
  }
}

describe('a push that comes slowly', () => {
  const rules = {
    ...{ token: undefined, allow: parseAllowList(''), trustProxy: parseAllowList('') },
    ...{ limit: 1024, fixed: undefined },
  };

  it('is answered 400 after 15 seconds, and its connection ends', async () => {
    const clock = new FakeClock();
    const request = new Request();
    const pushRouter = { take: () => Promise.reject(new Error('nothing was read')) };
    const answer = answerPush(request as unknown as PushRequest, undefined, rules, {
      pushRouter: pushRouter as never,
      clock,
      inTurn: (work) => work(),
    });
    for (let second = 0; second < 16; second++) {
      request.emit('data', Buffer.from('{'));
      await clock.advance(1000);
    }
    should(await answer).match({ status: 400, hangsUp: true });
  });
});
