import should from 'should';
import { closeAll, failureOf, gatewayThat, HandClock, oneSms, simulated } from './helpers';

const COOL_DOWN = 10 * 60_000;
const login = { username: 'admin', password: 'wrong' };

/** A simulated gateway and a client with a wrong password. */
async function mistaken(kind: 'basic' | 'digest') {
  const clock = new HandClock();
  return { clock, ...(await simulated({ login: kind }, { password: 'wrong', clock })) };
}

describe('a refused login', () => {
  afterEach(closeAll);

  for (const kind of ['basic', 'digest'] as const) {
    it(`is tried once, however many calls wait (${kind})`, async () => {
      const { client, simulator } = await mistaken(kind);
      const calls = Array.from({ length: 50 }, () => failureOf(client.sendSms(oneSms), 'AUTH_REFUSED'));
      for (const error of await Promise.all(calls)) {
        should(error).match({ taken: 'no', cause: { retryable: false } });
        should(error.message).containEql('Check the user name and password');
      }
      for (let call = 0; call < 5; call++) await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      should(simulator.logins.refused).equal(1);
      should(simulator.requests).have.length(2);
    });

    it(`holds back all others for ten minutes, then one is tried (${kind})`, async () => {
      const { client, simulator, clock } = await mistaken(kind);
      await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      const requests = simulator.requests.length;
      const held = await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      should(held.message).containEql('in 10 min');
      clock.forward(COOL_DOWN - 1);
      should((await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED')).message).containEql('in 1 min');
      should(simulator.requests).have.length(requests);
      clock.forward(1);
      await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
      should(simulator.logins.refused).equal(2);
      simulator.setPassword('wrong');
      clock.forward(COOL_DOWN);
      should(await client.querySmsInQueue()).have.property('in_queue', 0);
    });

    it(`after the password was changed on the gateway costs two attempts at most (${kind})`, async () => {
      const { client, simulator } = await simulated({ login: kind });
      await client.querySmsInQueue();
      simulator.setPassword('changed');
      for (let call = 0; call < 10; call++) await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED');
      should(simulator.logins.refused).be.belowOrEqual(2);
      should(simulator.submitted).be.empty();
    });
  }

  it('of calls that travel side by side costs those under way, and one more at most', async () => {
    for (const maxSockets of [1, 4]) {
      const { client, simulator } = await simulated({ login: 'digest' }, { maxSockets });
      await client.querySmsInQueue();
      simulator.setPassword('changed');
      await Promise.all(Array.from({ length: 20 }, () => failureOf(client.querySmsInQueue(), 'AUTH_REFUSED')));
      should(simulator.logins.refused).be.belowOrEqual(maxSockets + 1);
    }
  });

  it('is not tried for ever by a gateway that calls every nonce stale', async () => {
    const challenge = (nonce: number) => `Digest realm="r", nonce="${nonce}", qop="auth", stale="TRUE"`;
    let nonces = 0;
    const { client, server } = await gatewayThat(
      () => ({ status: 401, headers: { 'WWW-Authenticate': challenge(nonces++) }, text: '' }),
      login,
    );
    const calls = Array.from({ length: 10 }, () => failureOf(client.querySmsInQueue(), 'AUTH_REFUSED'));
    await Promise.all(calls);
    should(server.seen.filter(({ headers }) => headers.authorization !== undefined)).have.length(2);
  });

  it('may come as HTTP 403, as from firmware that locks an address out', async () => {
    const challenge = { 'WWW-Authenticate': 'Basic realm="r"' };
    const { client, server } = await gatewayThat(
      ({ headers }) =>
        headers.authorization ? { status: 403, text: '' } : { status: 401, headers: challenge, text: '' },
      login,
    );
    should((await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED')).message).containEql('locks an address out');
    await failureOf(client.querySmsInQueue(), 'AUTH_REFUSED');
    should(server.seen).have.length(2);
  });

  it('is what a gateway without a login means by HTTP 403, too, and then nothing is held back', async () => {
    const { client, server } = await gatewayThat(() => ({ status: 403, text: '' }));
    for (let call = 0; call < 2; call++) {
      should(await failureOf(client.sendSms(oneSms), 'AUTH_REFUSED')).have.property('taken', 'no');
    }
    should(server.seen).have.length(2);
  });
});
