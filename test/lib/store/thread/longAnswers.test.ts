import should from 'should';
import { cut, Joined } from '../../../../lib/store/thread/longAnswers';
import { isLong, piecesOf, takingsOf } from '../../../../lib/store/thread/longTakings';
import { taking } from '../conformance/given';

const numbers = (count: number): object[] => Array.from({ length: count }, (_, at) => ({ at }));

describe('what a store on a thread is asked and answers, where it is long', () => {
  it('comes in pieces of at most 256, wherever the long lists lie, and is whole in the end', () => {
    for (const value of [
      numbers(1000),
      [
        { taken: true, sms: numbers(257) },
        { taken: true, sms: numbers(3) },
      ],
      [
        { input: { id: 'a' }, recipients: numbers(600) },
        { input: { id: 'b' }, recipients: numbers(513) },
      ],
    ]) {
      const before = structuredClone(value);
      const long = cut(value);
      should(long).not.be.undefined();
      const joined = new Joined(structuredClone(long?.value), long?.lists ?? []);
      const pieces = [...{ [Symbol.iterator]: () => long?.pieces ?? [].values() }];
      for (const piece of pieces) joined.add({ id: 1, ...piece });
      should(joined.value).eql(before);
      should(value).eql(before);
      should(Math.max(...pieces.map(({ items }) => items.length))).be.belowOrEqual(256);
      should(pieces.filter(({ isLast }) => isLast)).eql(pieces.slice(-1));
    }
  });

  it('is not taken apart where it is short, or no list', () => {
    for (const value of [numbers(256), undefined, 7, null, new Map([['a', 'b']]), [{ sms: numbers(3) }]]) {
      should(cut(value)).be.undefined();
    }
  });

  it('is given in pieces, too', () => {
    const takings = ['a', 'b'].map((id) =>
      taking(
        id,
        Array.from({ length: 600 }, () => ({ text: id })),
      ),
    );
    should(isLong(takings)).be.true();
    should(isLong([taking('c', [{}])])).be.false();
    const pieces: string[] = [];
    let steps = 0;
    for (const _step of piecesOf(takings, (piece) => pieces.push(piece))) steps += 1;
    should(takingsOf(pieces)).eql(takings);
    should(steps).equal(6);
    should(takingsOf([JSON.stringify(takings)])).eql(takings);
  });
});
