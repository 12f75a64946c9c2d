import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { chosenFrom } from '../../../../lib/messaging/replies/chosenFrom';
import { storedSms } from '../given';

const NUMBER = '+491701234567';

describe('of several SMS that an incoming one may answer', () => {
  /** What is chosen of SMS that left by these ports, the newest first: the place of one, and whether that is certain. */
  const chosen = (answeredAt: number | undefined, ports: (number | undefined)[], from = NUMBER) => {
    const candidates = ports.map((port, at) => ({
      at: -at,
      sms: storedSms({ number: NUMBER, text: String(at), ...(port !== undefined && { port }) }),
    }));
    const incoming = { number: from, ...(answeredAt !== undefined && { port: answeredAt }) } as IncomingSms;
    const one = chosenFrom({ sms: incoming, tail: '1234567', at: 0 }, candidates, 'DE');
    return one && [Number(one.sms.text), one.isCertain];
  };

  it('it is the newest that left by the port at which the answer comes in, and certain where no other did', () => {
    should(chosen(3, [1, 3, 5])).eql([1, true]);
    should(chosen(3, [1, 3, 3])).eql([1, false]);
    should(chosen(0, [1, 0])).eql([1, true]);
    should(chosen(3, [undefined, 3])).eql([1, true]);
  });

  it('it is one whose port isn’t known rather than one that left by another', () => {
    should(chosen(3, [1, undefined])).eql([1, true]);
    should(chosen(3, [1, undefined, undefined])).eql([1, false]);
  });

  it('it is the newest where all left by other ports, which is never certain', () => {
    should(chosen(3, [1])).eql([0, false]);
    should(chosen(3, [5, 1])).eql([0, false]);
  });

  it('it is the newest of all where nobody knows at which port the answer came in', () => {
    should(chosen(undefined, [1, 3])).eql([0, false]);
    should(chosen(undefined, [1])).eql([0, true]);
    should(chosen(undefined, [undefined])).eql([0, true]);
  });

  it('it isn’t certain where only the last digits agree, and nothing where there is none', () => {
    should(chosen(3, [3], '+431701234567')).eql([0, false]);
    should(chosen(3, [3], '01701234567')).eql([0, true]);
    should(chosen(3, [])).be.undefined();
  });
});
