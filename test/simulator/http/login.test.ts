import should from 'should';
import type { DigestAlgorithm, Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway } from '../helpers';
import { type Challenge, challengeFrom, readChallenge, sign } from './digestClient';

const uri = '/api/query_sms_in_queue';

async function ask(simulator: Simulator, authorization: string, path = uri) {
  const answer = await fetch(simulator.url + path, { headers: { authorization } });
  await answer.text();
  return { status: answer.status, challenge: readChallenge(answer.headers.get('www-authenticate')) };
}

const askSigned = (simulator: Simulator, challenge: Challenge, more: { nc?: number; password?: string } = {}) =>
  ask(simulator, sign(challenge, { uri, ...more }));

describe('the login of the simulated gateway', () => {
  afterEach(closeAll);

  it('lets a Basic password in and counts a wrong one', async () => {
    const simulator = await gateway({ login: 'basic', username: 'me', password: 'päss' });
    const basic = (password: string) => `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    const bare = await fetch(simulator.url + uri);
    should(bare.status).equal(401);
    should(bare.headers.get('www-authenticate')).equal('Basic realm="Web Server"');
    should((await ask(simulator, basic('päss'))).status).equal(200);
    should((await ask(simulator, basic('wrong'))).status).equal(401);
    should(simulator.logins).match({ accepted: 1, refused: 1, challenges: 2 });
    simulator.setPassword('wrong');
    should((await ask(simulator, basic('wrong'))).status).equal(200);
  });

  it('words its Digest challenge as seen on the wire', async () => {
    const simulator = await gateway({ login: 'digest' });
    const header = (await fetch(simulator.url + uri)).headers.get('www-authenticate');
    should(header).match(
      /^Digest realm="Web Server", domain="",qop="auth", nonce="\w+", opaque="\w+",algorithm="MD5", stale="FALSE"$/,
    );
  });

  for (const algorithm of ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'] as DigestAlgorithm[]) {
    for (const qop of [true, false]) {
      it(`checks Digest by ${algorithm} ${qop ? 'with' : 'without'} qop`, async () => {
        const simulator = await gateway({ login: 'digest', digest: { algorithm, qop } });
        const challenge = await challengeFrom(simulator.url);
        should(await askSigned(simulator, challenge)).have.property('status', 200);
        should(await askSigned(simulator, challenge, { nc: 2, password: 'wrong' })).have.property('status', 401);
        should(simulator.logins).match({ accepted: 1, refused: 1 });
      });
    }
  }

  it('knows no nonce from before a reboot', async () => {
    const simulator = await gateway({ login: 'digest' });
    const challenge = await challengeFrom(simulator.url);
    should((await askSigned(simulator, challenge)).status).equal(200);
    simulator.reboot({ seconds: 0.02 });
    await until(() => simulator.port(0).registered);
    should((await askSigned(simulator, challenge, { nc: 2 })).status).equal(401);
    should(simulator.logins.refused).equal(0);
  });

  it('wears a nonce out, saying stale only when told to', async () => {
    for (const stale of [true, false]) {
      const simulator = await gateway({ login: 'digest', digest: { nonceUses: 2, stale } });
      const challenge = await challengeFrom(simulator.url);
      for (const nc of [2, 1]) should((await askSigned(simulator, challenge, { nc })).status).equal(200);
      const worn = await askSigned(simulator, challenge, { nc: 3 });
      should(worn.status).equal(401);
      should(worn.challenge).have.property('stale', stale ? 'TRUE' : 'FALSE');
      should(worn.challenge.nonce).not.equal(challenge.nonce);
      should(simulator.logins).match({ accepted: 2, refused: 0, challenges: 2, repeatedNc: 0 });
    }
  });

  it('refuses a repeated nc, another URI than the one sent, and notices a password in clear', async () => {
    const simulator = await gateway({ login: 'digest' });
    const challenge = await challengeFrom(simulator.url);
    await askSigned(simulator, challenge);
    should((await askSigned(simulator, challenge)).status).equal(401);
    should(simulator.logins.repeatedNc).equal(1);
    const signed = sign(challenge, { uri, nc: 2 });
    should((await ask(simulator, signed, `${uri}?x=1`)).status).equal(401);
    const basic = `Basic ${Buffer.from('admin:admin').toString('base64')}`;
    should((await ask(simulator, basic)).status).equal(401);
    should(simulator.logins.passwordsInClear).equal(1);
    should(simulator.requests.map(({ authorization }) => authorization)).deepEqual([
      'none',
      'digest',
      'digest',
      'digest',
      'basic',
    ]);
    should(JSON.stringify(simulator.requests)).not.containEql(basic);
  });

  it('drops an empty POST without a login, or refuses a raw comma, when told to', async () => {
    const simulator = await gateway({ login: 'digest', dropsEmptyPost: true });
    await should(fetch(simulator.url + uri, { method: 'POST' })).be.rejected();
    const picky = await gateway({ refusesRawComma: true });
    const path = '/api/get_port_info?info_type=reg&port=';
    should((await fetch(`${picky.url}${path}0,1`)).status).equal(401);
    should((await fetch(`${picky.url}${path}0%2C1`)).status).equal(200);
  });
});
