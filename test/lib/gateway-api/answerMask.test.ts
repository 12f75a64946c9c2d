import should from 'should';
import { AnswerMask, loginSecrets } from '../../../lib/gateway-api/AnswerMask';

const UNMISTAKABLE = 'Kx7!pq-Zr2_w';
const answerOf = (text: string) => ({ status: 200, headers: {}, text });
const stars = (text: string): string => '*'.repeat(text.length);

describe('what may be a secret in an answer', () => {
  const masked = (text: string, credentials?: { username: string; password: string }, others: string[] = []): string =>
    new AnswerMask(credentials, () => others).of(answerOf(text)).text;

  it('is the header of a login, with or without its padding, and the password where it can be nothing else', () => {
    const login = { username: 'you', password: UNMISTAKABLE };
    const header = `Basic ${Buffer.from(`you:${UNMISTAKABLE}`).toString('base64')}`;
    should(header).endWith('=');
    const bare = header.replace('Basic ', '').replaceAll('=', '');
    for (const secret of [header, bare, `you:${UNMISTAKABLE}`, UNMISTAKABLE])
      should(masked(`{"text":"see ${secret} there"}`, login)).equal(`{"text":"see ${stars(secret)} there"}`);
    should(loginSecrets(login)).eql([header, `you:${UNMISTAKABLE}`, bare, UNMISTAKABLE]);
  });

  it('is nothing without a login: the very answer is handed on', () => {
    const answer = answerOf('{"text":"hello"}');
    should(new AnswerMask(undefined, () => []).of(answer)).equal(answer);
    should(loginSecrets({ password: UNMISTAKABLE })).eql([]);
    should(loginSecrets({})).eql([]);
    const login = { username: 'admin', password: 'admin' };
    should(new AnswerMask(login, () => []).of(answer)).equal(answer);
  });

  it('is what others keep secret, asked for at each answer', () => {
    let others = ['token-1'];
    const mask = new AnswerMask(undefined, () => others);
    should(mask.of(answerOf('token-1 token-2')).text).equal('******* token-2');
    others = ['token-2'];
    should(mask.of(answerOf('token-1 token-2')).text).equal('token-1 *******');
  });

  it('is the whole value of a field that is a password like a word, but for what people write', () => {
    const login = { username: 'admin', password: 'geheim' };
    should(masked('{"user":"geheim","more":"not geheim"}', login)).equal('{"user":"******","more":"not geheim"}');
    for (const field of ['text', 'number', 'title', 'item_string'])
      should(masked(`{"${field}":"geheim"}`, login)).equal(`{"${field}":"geheim"}`);
    should(masked('{"user":"wort"}', { username: 'admin', password: 'wort' })).equal('{"user":"****"}');
  });

  it('is no short password, no number, and not the default, which is the name', () => {
    for (const [username, password] of [
      ['admin', 'abc'],
      ['admin', '123456'],
      ['admin', 'admin'],
    ] as const)
      should(masked(`{"user":"${password}"}`, { username, password })).equal(`{"user":"${password}"}`);
  });

  it('is the response of a Digest that was sent, in either case, and of the last sixteen', () => {
    const mask = new AnswerMask({ username: 'me', password: 'abc' }, () => []);
    const proof = (count: number): string => `0123456789abcdef${String(count).padStart(4, '0')}`;
    mask.sent('Basic xyz');
    for (let count = 1; count <= 17; count++) mask.sent(`Digest username="me", response="${proof(count)}", nc=1`);
    should(mask.of(answerOf(proof(17).toUpperCase())).text).equal(stars(proof(17)));
    should(mask.of(answerOf(proof(2))).text).equal(stars(proof(2)));
    should(mask.of(answerOf(proof(1))).text).equal(proof(1));
  });

  it('is in a log any quoted word that holds a password of four characters or more', () => {
    const said = { key: 'k', text: 'reg is "a word of pass", not "pas"' };
    const oddity = (password: string) => new AnswerMask({ username: 'me', password }, () => []).ofOddity(said).text;
    should(oddity('pass')).equal('reg is a text, not "pas"');
    should(oddity('pas')).equal(said.text);
    should(new AnswerMask(undefined, () => []).ofOddity(said)).eql(said);
  });
});
