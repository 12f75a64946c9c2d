import should from 'should';
import { type ErrorCode, GatewayError, isRetryable } from '../../../lib/gateway-api';
import * as status from '../../../lib/runtime/status';
import { allTextsOf, languages } from '../../locales/catalogues';

const { FINE, statusFor, statusOf, WORKING } = status;

describe("a node's status", () => {
  const look = (code: ErrorCode): string => `${statusFor(code).fill} ${statusFor(code).shape}`;

  it('is a blue ring while it works and a green dot when all is fine', () => {
    should(WORKING).match({ fill: 'blue', shape: 'ring' });
    should(FINE).match({ fill: 'green', shape: 'dot' });
  });

  it('is as the contract says for every error', () => {
    const looks: Record<ErrorCode, string> = {
      INVALID_INPUT: 'red dot',
      NOT_CONFIGURED: 'red dot',
      UNREACHABLE: 'red ring',
      TIMEOUT: 'red ring',
      AUTH_REFUSED: 'red dot',
      BAD_REQUEST: 'red dot',
      NOT_FOUND: 'red dot',
      TOO_LARGE: 'red dot',
      NO_PORT: 'yellow ring',
      BUSY: 'yellow ring',
      GATEWAY_ERROR: 'red dot',
      BAD_REPLY: 'red ring',
      UNKNOWN_OUTCOME: 'red dot',
      STORE_UNAVAILABLE: 'yellow ring',
      STOPPED: 'red dot',
    };
    const codes = Object.keys(looks) as ErrorCode[];
    should(Object.fromEntries(codes.map((code) => [code, look(code)]))).deepEqual(looks);
    for (const code of codes.filter((each) => look(each) === 'yellow ring')) {
      should(isRetryable(code)).be.true(`${code} is waited for, so it can pass`);
    }
  });

  it('is a text of the catalogue, which the editor shows in its language', () => {
    should(statusFor('NO_PORT').text).equal('common.status.no_port');
    const shown = Object.values(status).filter((each): each is { text?: string } => typeof each === 'object');
    for (const { text } of shown) should(text).match(/^common\.status\.[a-z_]+$/);
  });

  it('holds what it tells of in each language', () => {
    const { differsFrom, follows, ofJobs, otherStore } = status;
    const all = [differsFrom('m2'), follows('m2'), otherStore('m2'), ofJobs(2, 5, false), ofJobs(2, 5, true)];
    for (const { text = '', values = {} } of all)
      for (const language of languages) {
        const held = (allTextsOf(language, 'send-sms').get(text) ?? '').match(/__\w+__/g) ?? [];
        should(held.sort()).eql(
          Object.keys(values)
            .map((name) => `__${name}__`)
            .sort(),
          `${text} in ${language}`,
        );
      }
  });

  it('is another one where only what it tells of is another', () => {
    const { follows, isSame, ofJobs } = status;
    should(isSame(follows('m2'), follows('m2'))).be.true();
    should(isSame(follows('m2'), follows('m3'))).be.false();
    should(isSame(ofJobs(2, 5, false), ofJobs(3, 5, false))).be.false();
    should(isSame(ofJobs(2, 5, false), ofJobs(2, 5, true))).be.false();
    should(isSame(FINE, { ...FINE, fill: 'red' })).be.false();
  });

  it("is that of the error's code, and of any other error that something went wrong", () => {
    should(statusOf(new GatewayError('BUSY', 'busy', 'refused'))).deepEqual(statusFor('BUSY'));
    should(statusOf(new Error('a bug'))).deepEqual(statusFor('GATEWAY_ERROR'));
  });
});
