import { EventEmitter } from 'node:events';
import type { IncomingMessage } from 'node:http';
import should from 'should';
import { LONGEST_ANSWER } from '../../../lib/gateway-api/answerLimits';
import { KeptAnswer } from '../../../lib/gateway-api/KeptAnswer';

describe('an answer that ends otherwise than its headers say', () => {
  const kept = (parts: (string | Buffer)[], more: Partial<IncomingMessage> = {}): KeptAnswer => {
    const answer = Object.assign(new EventEmitter(), { statusCode: 200, headers: { server: 'x' }, ...more });
    const one = new KeptAnswer(answer as unknown as IncomingMessage);
    for (const part of parts) answer.emit('data', Buffer.from(part));
    return one;
  };

  it('serves when its body is a whole JSON object, in however many parts it came, blanks around it or not', () => {
    should(kept(['{"a"', ':1}']).whole()).eql({ status: 200, headers: { server: 'x' }, text: '{"a":1}' });
    should(kept([' \r\n{"a":1}\n']).whole()?.text).equal(' \r\n{"a":1}\n');
    should(kept(['{"a":1}'], { statusCode: 500 }).whole()?.status).equal(500);
  });

  it('doesn’t serve when it is half a one, or anything else', () => {
    for (const parts of [[], ['{"a":1'], ['"a":1}'], ['{"a":1}{"b":2}'], ['{"a":tru}'], ['[{}]'], ['1'], ['null']])
      should(kept(parts).whole()).be.undefined();
  });

  it('doesn’t serve when it is compressed, or no answer yet', () => {
    should(kept(['{"a":1}'], { headers: { 'content-encoding': 'gzip' } }).whole()).be.undefined();
    const long = Buffer.alloc(LONGEST_ANSWER + 1, 'x');
    should(kept([long], { headers: { 'content-encoding': 'gzip' } }).beginning()).be.undefined();
    should(kept(['{"a":1}'], { statusCode: undefined }).whole()).be.undefined();
  });

  it('serves by its first 512 KB where it is longer, and only then', () => {
    const filled = (length: number): string => `{"a":"${'x'.repeat(length - 8)}"}`;
    const exact = kept([filled(LONGEST_ANSWER)]);
    should(exact.whole()?.text).have.length(LONGEST_ANSWER);
    should(exact.beginning()).be.undefined();
    const text = filled(LONGEST_ANSWER + 3);
    const longer = kept([text.slice(0, 1000), text.slice(1000, -1), text.slice(-1)]);
    should(longer.whole()).be.undefined();
    should(longer.beginning()).match({ status: 200, isCut: true, text: text.slice(0, LONGEST_ANSWER) });
    should(kept([text, text]).beginning()?.text).equal(text.slice(0, LONGEST_ANSWER));
  });
});
