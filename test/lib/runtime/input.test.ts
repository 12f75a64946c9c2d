import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import { CurrentNodes } from '../../../lib/runtime/CurrentNodes';
import { asError, onInput, type Work } from '../../../lib/runtime/input';
import { StoreUnavailable } from '../../../lib/store';
import { settled } from '../../support/FakeClock';
import { FakeNode } from './FakeNode';

const stopped = new GatewayError('STOPPED', 'removed', 'no');

describe("a node's input", () => {
  const started = (work: Work, nodes = new CurrentNodes()): FakeNode => {
    const node = new FakeNode();
    onInput(node, work, { nodes });
    return node;
  };

  /** What nodes' work may end with, beside well-behaved errors. */
  const reasons = fc.oneof(
    fc.anything({ withNullPrototype: true, withBigInt: true }),
    fc.constantFrom<unknown>(
      new Error('plain'),
      Object.freeze(new Error('frozen')),
      new GatewayError('BUSY', 'busy', 'refused'),
      Symbol('thrown'),
      runInNewContext('new Error("of another realm")'),
    ),
  );

  describe('ends in exactly one done', () => {
    it('when the work is over, without an error and without a status', async () => {
      const node = started(async () => {});
      const { ends } = node.receive();
      await settled();
      should(ends).deepEqual([undefined]);
      should(node.statuses).be.empty();
    });

    it('not before the work is over', async () => {
      let finish = (): void => {};
      const work = new Promise<void>((resolve) => {
        finish = resolve;
      });
      const { ends } = started(() => work).receive();
      await settled();
      should(ends).be.empty();
      finish();
      await settled();
      should(ends).have.length(1);
    });

    it('with an error that has code and cause, whatever is thrown or rejected with', async () => {
      await fc.assert(
        fc.asyncProperty(reasons, fc.boolean(), async (reason, atOnce) => {
          const node = started(() => {
            if (atOnce) throw reason;
            return Promise.reject(reason);
          });
          const { ends, sent } = node.receive();
          await settled();
          should(ends).have.length(1);
          should(ends[0]).be.instanceof(Error);
          should((ends[0] as GatewayError).code).be.a.String();
          should((ends[0] as GatewayError).cause.retryable).be.a.Boolean();
          should(node.statuses).have.length(1);
          should(sent).be.empty();
          should(node.errors).be.empty();
        }),
      );
    });

    it('when the work gives no promise at all', async () => {
      const { ends } = started((() => 'done') as unknown as Work).receive();
      await settled();
      should(ends).deepEqual([undefined]);
    });

    it("also when the status or Node-RED's own end of it throws", async () => {
      const unwritable = started(() => Promise.reject(new Error('failed')));
      unwritable.status = () => {
        throw new Error('no status');
      };
      const { ends } = unwritable.receive();
      await settled();
      should(ends).match([{ message: 'failed' }]);
      should(unwritable.warnings).deepEqual(['no status']);

      const node = started(async () => {});
      const throwing = node.receive({}, () => {
        throw new Error('a hook threw');
      });
      await settled();
      should(throwing.ends).deepEqual([undefined]);
      should(node.warnings).deepEqual(['a hook threw']);
    });

    it('each for itself, when several are under way', async () => {
      const node = started(async ({ payload }) => {
        if (payload === 'bad') throw stopped;
      });
      const ends = ['good', 'bad', 'good'].map((payload) => node.receive({ payload }).ends);
      await settled();
      should(ends).deepEqual([[undefined], [stopped], [undefined]]);
    });
  });

  it('sends what the work sends, once each, before and after a failure nothing else', async () => {
    const work: Work = async (message, send) => {
      send(message);
      send([null, { payload: 2 }]);
      throw stopped;
    };
    const { sent, ends } = started(work).receive({ payload: 1 });
    await settled();
    should(sent).deepEqual([{ payload: 1 }, [null, { payload: 2 }]]);
    should(ends).deepEqual([stopped]);
  });

  it('shows by its status what the error means', async () => {
    const node = started(() => Promise.reject(new GatewayError('NO_PORT', 'none', 'no')));
    node.receive();
    await settled();
    should(node.statuses).match([{ fill: 'yellow', shape: 'ring' }]);
  });

  describe('when the node is removed', () => {
    it('is told so, and ends with the error that comes of it', async () => {
      const node = started(
        (_message, _send, { signal }) =>
          new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(stopped))),
      );
      const { ends } = node.receive();
      should(node.close(true)).equal(1);
      await settled();
      should(ends).deepEqual([stopped]);
      // A removed node has no status to show.
      should(node.statuses).be.empty();
    });

    it('sends nothing more', async () => {
      let go = (): void => {};
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      const node = started(async (message, send) => {
        await gate;
        send(message);
      });
      const { sent, ends } = node.receive();
      node.close(true);
      go();
      await settled();
      should(sent).be.empty();
      should(node.sent).be.empty();
      should(ends).have.length(1);
    });
  });

  describe('when a deploy replaces the node', () => {
    /** An input whose node is replaced while it is worked on, and which then ends in `result`. */
    async function replaced(result: Promise<void> | Error) {
      const nodes = new CurrentNodes();
      let aborted: boolean | undefined;
      let go = (): void => {};
      const gate = new Promise<void>((resolve) => {
        go = resolve;
      });
      const former = started(async (message, send, { signal }) => {
        await gate;
        aborted = signal.aborted;
        if (result instanceof Error) throw result;
        send(message);
      }, nodes);
      const message = { payload: 1 };
      const { sent, ends } = former.receive(message);
      former.close(false);
      const current = started(async () => {}, nodes);
      go();
      await settled();
      return { former, current, message, sent, ends, aborted };
    }

    it('goes on, and its result leaves through the new object', async () => {
      const { current, message, sent, aborted } = await replaced(Promise.resolve());
      should(aborted).be.false();
      should(sent).be.empty();
      should(current.sent).deepEqual([message]);
      should(current.errors).be.empty();
    });

    it('reports its error once, by the new object, with the message', async () => {
      const { former, current, message, ends } = await replaced(stopped);
      should(current.errors).deepEqual([[stopped, message]]);
      should(current.statuses).have.length(1);
      should(ends).be.empty();
      should(former.statuses).be.empty();
    });
  });
});

describe('an error that a Catch node reads', () => {
  it("is the core's own where it is one", () => {
    should(asError(stopped)).equal(stopped);
  });

  it('keeps the words and the place of any other', () => {
    const error = new TypeError('x is not a function');
    const shown = asError(error);
    should(shown).match({ code: 'GATEWAY_ERROR', message: 'x is not a function', cause: { retryable: true } });
    should(shown.stack).equal(error.stack);
    should(asError('just a text').message).equal('just a text');
    should(asError(runInNewContext('new Error("of another realm")')).message).equal('of another realm');
    should(asError(undefined).message).equal('undefined');
    should(asError({}).message).not.be.empty();
  });

  it('says when it was the store', () => {
    should(asError(new StoreUnavailable('full'))).match({ code: 'STORE_UNAVAILABLE', cause: { retryable: true } });
  });

  it("holds nothing of what the thrown error carries: a request's headers, a password", () => {
    const secret = 'c2VjcmV0';
    const error = Object.assign(new Error('failed'), { config: { headers: { Authorization: `Basic ${secret}` } } });
    const shown = asError(error);
    should(Object.keys(shown).sort()).deepEqual(['cause', 'code', 'name', 'taken']);
    should(JSON.stringify(shown)).not.containEql(secret);
    should(JSON.stringify(asError({ password: secret }))).not.containEql(secret);
  });
});
