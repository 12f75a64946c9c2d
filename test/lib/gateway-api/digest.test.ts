import should from 'should';
import { parseChallenges } from '../../../lib/gateway-api/challenges';
import { basicHeader, digestHeader, digestTerms } from '../../../lib/gateway-api/digest';

// RFC 7616, 3.9.1: one challenge, answered by two algorithms.
const rfc = {
  realm: 'realm="http-auth@example.org", qop="auth, auth-int"',
  nonce: 'nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"',
  credentials: { username: 'Mufasa', password: 'Circle of Life' },
  request: {
    method: 'GET',
    uri: '/dir/index.html',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  },
};

function answer(challenge: string, credentials = rfc.credentials, request = rfc.request): string {
  const [first] = parseChallenges(challenge);
  const terms = first && digestTerms(first);
  if (terms === undefined) throw new Error('there are no terms');
  return digestHeader(terms, credentials, request);
}

describe('a Digest login', () => {
  it('answers the challenge of RFC 7616 by MD5 and by SHA-256', () => {
    const md5 = answer(`Digest ${rfc.realm}, algorithm=MD5, ${rfc.nonce}`);
    should(md5)
      .containEql('response="8ca523f5e9506fed4657c9700eebdbec"')
      .containEql('nc=00000001')
      .containEql('qop=auth');
    const sha256 = answer(`Digest ${rfc.realm}, algorithm=SHA-256, ${rfc.nonce}`);
    should(sha256).containEql('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"');
    should(sha256).containEql('algorithm=SHA-256').containEql('opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  });

  it('answers without qop as RFC 2069 did', () => {
    // The example of RFC 2069 with its erratum 749.
    const header = answer(
      'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"',
      { username: 'Mufasa', password: 'CircleOfLife' },
    );
    should(header).containEql('response="1949323746fe6a43ef61f9606e7febea"');
    should(header).not.containEql('cnonce').not.containEql('nc=').not.containEql('algorithm');
  });

  it('derives the session key of -sess from nonce and cnonce, and tells the cnonce', () => {
    const plain = answer('Digest realm="r", nonce="n", qop="auth", algorithm=MD5');
    const session = answer('Digest realm="r", nonce="n", qop="auth", algorithm=MD5-sess');
    should(session).containEql('algorithm=MD5-sess').containEql(`cnonce="${rfc.request.cnonce}"`);
    should(/response="(\w{32})"/.exec(session)?.[1]).not.equal(/response="(\w{32})"/.exec(plain)?.[1]);
    should(answer('Digest realm="r", nonce="n", algorithm="SHA-256-sess"')).containEql('cnonce=').not.containEql('nc=');
  });

  it('takes names and passwords as UTF-8', () => {
    const header = answer('Digest realm="r", nonce="n"', { username: 'Jürgen "J"', password: 'pässwörd' });
    const bytes = Buffer.from('Jürgen \\"J\\"').toString('latin1');
    should(header).startWith(`Digest username="${bytes}"`);
    should(basicHeader({ username: 'Jürgen', password: '密码' })).equal('Basic SsO8cmdlbjrlr4bnoIE=');
  });

  it('is not possible without a nonce, by an unknown algorithm, or for auth-int alone', () => {
    for (const challenge of [
      'Digest realm="r"',
      'Digest realm="r", nonce="n", algorithm=SHA-512-256',
      'Digest realm="r", nonce="n", algorithm=constructor',
      'Digest realm="r", nonce="n", qop="auth-int"',
      'Basic realm="r"',
    ]) {
      should(parseChallenges(challenge).map(digestTerms)).deepEqual([undefined]);
    }
  });
});

describe('a challenge', () => {
  it('is read as a gateway was seen to send it', () => {
    const seen =
      'Digest realm="Web Server", domain="",qop="auth", nonce="c0ffee=", opaque="5ccc",algorithm="MD5", stale="FALSE"';
    const [challenge, ...rest] = parseChallenges(seen);
    should(rest).be.empty();
    should(challenge?.scheme).equal('digest');
    should(Object.fromEntries(challenge?.params ?? [])).deepEqual({
      realm: 'Web Server',
      domain: '',
      qop: 'auth',
      nonce: 'c0ffee=',
      opaque: '5ccc',
      algorithm: 'MD5',
      stale: 'FALSE',
    });
  });

  it('may be one of several in a field', () => {
    const read = parseChallenges(
      'Basic realm="a, b", Digest realm="r" , nonce=n1, NTLM, DIGEST nonce = "n2", realm="x\\"y"',
    );
    should(read.map(({ scheme }) => scheme)).deepEqual(['basic', 'digest', 'ntlm', 'digest']);
    should(read.map(({ params }) => Object.fromEntries(params))).deepEqual([
      { realm: 'a, b' },
      { realm: 'r', nonce: 'n1' },
      {},
      { nonce: 'n2', realm: 'x"y' },
    ]);
  });

  it('that is nonsense is none', () => {
    for (const field of ['', ',,,', '="', 'realm="lost"', '"']) should(parseChallenges(field)).be.empty();
    should(parseChallenges('Digest qop="auth", qop="other", nonce="open')).have.length(1);
  });
});
