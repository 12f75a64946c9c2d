import should from 'should';
import type { SimulatorOptions } from '../../../simulator';
import { closeAll, failureOf, oneSms, simulated } from './helpers';

const ALGORITHMS = ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess'] as const;

/** A gateway that asks for Digest, and a client. */
const digest = (how: SimulatorOptions['digest'] = {}) => simulated({ login: 'digest', digest: how });

describe('the login', () => {
  afterEach(closeAll);

  it('asks with a bare GET first, and from then on sends one request a call', async () => {
    for (const login of ['basic', 'digest'] as const) {
      const { client, simulator } = await simulated({ login });
      await client.sendSms(oneSms);
      await client.querySmsInQueue();
      should(simulator.requests.map(({ method, path, authorization }) => [method, path, authorization])).deepEqual([
        ['GET', '/api/query_sms_in_queue', 'none'],
        ['POST', '/api/send_sms', login],
        ['GET', '/api/query_sms_in_queue', login],
      ]);
    }
  });

  it('knows from before that the gateway asked for Digest, and says once that it does', async () => {
    const before = await simulated({ login: 'basic' }, { sawDigest: true });
    await failureOf(before.client.querySmsInQueue(), 'AUTH_REFUSED');
    should(before.simulator.requests.map(({ authorization }) => authorization)).eql(['none']);
    let told = 0;
    const onDigest = (): void => {
      told++;
    };
    const { client } = await simulated({ login: 'digest', digest: { nonceUses: 1 } }, { onDigest });
    for (let call = 0; call < 3; call++) await client.querySmsInQueue();
    should(told).equal(1);
  });

  it('is not for a gateway that asks for none', async () => {
    const { client, simulator } = await simulated({ login: 'none' });
    for (let call = 0; call < 3; call++) await client.querySmsInQueue();
    should(simulator.requests.map(({ authorization }) => authorization)).deepEqual(Array(4).fill('none'));
  });

  for (const algorithm of ALGORITHMS) {
    it(`knows Digest by ${algorithm}, with and without qop`, async () => {
      for (const qop of [true, false]) {
        const { client, simulator } = await digest({ algorithm, qop });
        for (let call = 0; call < 3; call++) await client.querySmsInQueue();
        await client.getPortInfo({ port: [0, 1], info_type: ['reg', 'type'] });
        should(simulator.requests).have.length(5);
        should(simulator.logins).match({ accepted: 4, refused: 0, challenges: 1, repeatedNc: 0 });
      }
    });
  }

  it('finds its way past a worn-out nonce, whether or not the gateway calls it stale', async () => {
    for (const stale of [true, false]) {
      const { client, simulator } = await digest({ nonceUses: 2, stale });
      for (let call = 0; call < 6; call++) await client.querySmsInQueue();
      should(simulator.logins).match({ accepted: 6, refused: 0, repeatedNc: 0 });
    }
  });

  it('works where each nonce is good for a single request', async () => {
    const { client, simulator } = await digest({ nonceUses: 1 });
    for (let call = 0; call < 5; call++) await client.querySmsInQueue();
    should(simulator.logins).match({ accepted: 5, refused: 0, repeatedNc: 0 });
    should(simulator.requests.length).be.belowOrEqual(10);
  });

  it('outlives a reboot, after which no old nonce is known', async () => {
    const { client, simulator } = await digest();
    await client.querySmsInQueue();
    simulator.reboot({ seconds: 0 });
    let error: unknown = 'not yet tried';
    while (error !== undefined) {
      error = await client.querySmsInQueue().then(
        () => undefined,
        (reason: Error) => reason,
      );
    }
    should(simulator.logins).match({ accepted: 2, refused: 0 });
  });

  it('is one for many calls at once, also where a nonce is good for ten requests only', async () => {
    const { client, simulator } = await digest({ nonceUses: 10 });
    await Promise.all(Array.from({ length: 50 }, () => client.querySmsInQueue()));
    should(simulator.requests.length).be.belowOrEqual(60);
    should(simulator.logins).match({ accepted: 50, refused: 0, repeatedNc: 0 });
  });

  it('gets past firmware that hangs up on an empty POST, or trips over a raw comma', async () => {
    const { client } = await simulated({ login: 'digest', dropsEmptyPost: true, refusesRawComma: true });
    should(await client.sendSms(oneSms)).have.property('error_code', 202);
    should((await client.getPortInfo({ info_type: ['reg'], port: [0, 1] })).info).have.length(2);
    should((await client.queryUssdReply({ port: [0, 1, 2] })).reply).have.length(3);
  });

  it('never sends the password in clear to a gateway that asks for Digest', async () => {
    for (const auth of ['auto', 'digest', 'basic'] as const) {
      const { client, simulator } = await simulated({ login: 'digest' }, { auth });
      await client.querySmsInQueue().catch(() => undefined);
      simulator.setPassword('changed');
      await client.querySmsInQueue().catch(() => undefined);
      should(simulator.logins.passwordsInClear).equal(0);
    }
  });

  it('set to one scheme is refused by a gateway that asks for the other, and sends nothing', async () => {
    for (const [login, auth] of [
      ['basic', 'digest'],
      ['digest', 'basic'],
    ] as const) {
      const { client, simulator } = await simulated({ login }, { auth });
      const error = await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED');
      should(error.message)
        .containEql(auth === 'digest' ? 'Digest' : 'Basic')
        .containEql('"auto"');
      should(simulator.requests.map(({ authorization }) => authorization)).deepEqual(['none']);
    }
  });

  it('that the gateway asks for, but nobody has set, is told', async () => {
    const { client, simulator } = await simulated({ login: 'digest' }, { username: '', password: '' });
    const error = await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED');
    should(error).match({ taken: 'no', cause: { retryable: false } });
    should(error.message).containEql('no user name is set');
    should(simulator.submitted).be.empty();
  });
});
