import should from 'should';
import { toStored, withoutLong } from '../../../lib/runtime/storedMessage';

describe('what is copied of a message for its updates', () => {
  const rows = Array.from({ length: 1000 }, (_, at) => ({ number: `+49170${at}`, name: `Name ${at}` }));

  it('is all but its payload and what is long: a table isn’t copied for each of its rows', () => {
    const message = {
      _msgid: 'm',
      topic: 't',
      payload: 'x',
      to: rows,
      data: { rows },
      ticket: { id: 7 },
      note: 'x'.repeat(17_000),
    };
    should(withoutLong(message)).eql({ _msgid: 'm', topic: 't', ticket: { id: 7 } });
    should(message).have.property('to', rows);
  });

  it('keeps what isn’t JSON: an HTTP response waits to be answered', () => {
    const res: Record<string, unknown> = { status: () => undefined };
    res.itself = res;
    const message = { _msgid: 'm', res, call: () => 1, missing: undefined };
    should(Object.keys(withoutLong(message))).eql(['_msgid', 'res', 'call', 'missing']);
    should(withoutLong(message).res).equal(res);
  });

  it('looks at no more of what is long than tells that', () => {
    let looked = 0;
    const to = Array.from({ length: 100_000 }, () => ({
      get number() {
        looked += 1;
        return '123';
      },
    }));
    should(withoutLong({ _msgid: 'm', to })).eql({ _msgid: 'm' });
    should(looked).be.below(10_000);
  });

  it('is nothing that is nested very deep, and it isn’t kept either: whatever copies it would run out of stack', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}"]]"${']'.repeat(levels)}`);
    for (const levels of [101, 5000, 100_000]) {
      const message = { _msgid: 'm', topic: 't', tree: nested(levels) };
      should(withoutLong(message)).eql({ _msgid: 'm', topic: 't' });
      should(toStored(message)).equal('{"_msgid":"m","topic":"t"}');
    }
    const message = { _msgid: 'm', tree: nested(99), text: '[[['.repeat(100), said: `"${'{\\"'.repeat(200)}` };
    should(withoutLong(message)).eql(message);
    should(JSON.parse(toStored(message))).eql(message);
  });

  it('is a message, whatever its own toJSON makes of it', () => {
    for (const made of [null, 5, 'text', ['traceparent'], undefined])
      should(toStored({ _msgid: 'm', topic: 't', toJSON: () => made })).equal('{"_msgid":"m","topic":"t"}');
    should(toStored({ _msgid: 'm', toJSON: () => ({ own: true }) })).equal('{"own":true}');
  });
});
