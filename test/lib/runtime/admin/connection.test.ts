import should from 'should';
import request, { type Test } from 'supertest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../../simulator';
import { bareServer } from '../../../support/bareServer';
import { adminApp, freshId, inNodeRed, load } from '../../../support/flow';
import { freePort } from '../../../support/freePort';

const PASSWORD = 'correct-horse';

/** How a field names an environment variable. */
const variable = (name: string): string => `\${${name}}`;

describe('trying a connection', () => {
  inNodeRed();
  const running: Simulator[] = [];
  afterEach(() => Promise.all(running.splice(0).map((simulator) => simulator.close())));

  const simulated = async (options: SimulatorOptions = {}): Promise<Simulator> => {
    const simulator = await startSimulator({ speed: 'fast', password: PASSWORD, ...options });
    running.push(simulator);
    return simulator;
  };
  /** Loads a deployed gateway, whose id it answers. */
  const deployed = async (url: string, credentials = {}, own: object = {}): Promise<string> => {
    const id = freshId('gateway');
    await load([{ id, type: 'dinstar-gateway', url, ...own }], { [id]: credentials });
    return id;
  };
  const attempt = (body: object | string): Test =>
    request(adminApp())
      .post('/dinstar/admin/connection')
      .set('Content-Type', 'application/json')
      .send(typeof body === 'string' ? body : JSON.stringify(body));
  const failure = async (body: object | string, status: number): Promise<{ code: string; message: string }> => {
    const answer = await attempt(body).expect(status);
    should(answer.text).not.containEql(PASSWORD).and.not.containEql('wrong-horse');
    return answer.body;
  };

  for (const login of ['none', 'basic', 'digest'] as const) {
    it(`tells the login (${login}), the serial number, the ports and the clock`, async () => {
      const simulator = await simulated({ login, ports: 4, now: () => Date.now() - 3_600_000 });
      simulator.port(1).unregister();
      await deployed('');
      const { body } = await attempt({ url: simulator.url, username: 'admin', password: PASSWORD }).expect(200);
      should(body.clockAhead).be.approximately(-3600, 2);
      should(body).match({ login, sn: simulator.sn, ports: 4, registered: 3 });
    });
  }

  it('says nothing of a clock that the gateway keeps to itself', async () => {
    const simulator = await simulated({ datesAnswers: false, snInReplies: false });
    await deployed('');
    const { body } = await attempt({ url: simulator.url }).expect(200);
    should(body).eql({ login: 'none', ports: 8, registered: 8 });
  });

  it('takes the saved password for the saved address, and for no other one', async () => {
    const simulator = await simulated({ login: 'basic' });
    const other = await simulated({ login: 'basic' });
    const id = await deployed(simulator.url, { username: 'admin', password: PASSWORD });
    const dialog = { id, url: simulator.url, username: 'admin', password: '__PWRD__' };
    await attempt(dialog).expect(200);
    should(await failure({ ...dialog, url: other.url }, 400)).match({ code: 'INVALID_INPUT', field: 'password' });
    // Old TLS would let it be listened to more easily than as it was deployed.
    should(await failure({ ...dialog, oldTls: 'true' }, 400)).match({ code: 'INVALID_INPUT', field: 'password' });
    should(other.requests).be.empty();
  });

  it('says which switch reads an answer that breaks the rules of HTTP, and reads it with that', async () => {
    await deployed('');
    const bare = await bareServer((socket) =>
      socket.end('HTTP/1.1 200 OK\nConnection: close\n\n{"error_code":200,"info":[{"port":0,"reg":"REGISTER_OK"}]}'),
    );
    try {
      const error = await failure({ url: bare.url }, 502);
      should(error).match({ code: 'BAD_REPLY', message: /Lenient HTTP/ });
      const { body } = await attempt({ url: bare.url, lenientHttp: 'true' }).expect(200);
      should(body).match({ ports: 1, registered: 1 });
    } finally {
      bare.close();
    }
  });

  for (const [given, asked, status] of [
    ['digest', 'basic', 400],
    ['digest', 'auto', 400],
    ['auto', 'basic', 400],
    ['basic', 'auto', 200],
  ] as const) {
    it(`takes the password that is saved for the login ${given} also for ${asked}: ${status === 200}`, async () => {
      const simulator = await simulated({ login: 'basic' });
      const id = await deployed(simulator.url, { username: 'admin', password: PASSWORD }, { auth: given });
      const dialog = { id, url: simulator.url, username: 'admin', password: '__PWRD__', auth: asked };
      const { body } = await attempt(dialog).expect(status);
      if (status === 200) return;
      should(body).match({ code: 'INVALID_INPUT', field: 'password' });
      should(simulator.requests).be.empty();
    });
  }

  describe('with variables', () => {
    let simulator: Simulator;
    const url = variable('DINSTAR_TEST_URL');
    const timezone = variable('DINSTAR_TEST_SECRET');
    beforeEach(async () => {
      simulator = await simulated();
      process.env.DINSTAR_TEST_SECRET = 'Mars/Olympus';
      process.env.DINSTAR_TEST_URL = simulator.url;
    });
    afterEach(() => {
      delete process.env.DINSTAR_TEST_SECRET;
      delete process.env.DINSTAR_TEST_URL;
    });

    for (const own of [{}, { timezone }]) {
      it(`tells no value, whether or not it is deployed with it: ${JSON.stringify(own)}`, async () => {
        const id = await deployed(url, {}, own);
        const error = await failure({ id, url, timezone }, 400);
        should(error.message)
          .match(/DINSTAR_TEST_SECRET|timezone/)
          .and.not.match(/Mars|Olympus/);
      });
    }

    it('tells the host of no address either', async () => {
      const id = await deployed(url);
      await simulator.close();
      const error = await failure({ id, url }, 502);
      should(error.message)
        .match(/DINSTAR_TEST_URL/)
        .and.not.containEql(new URL(simulator.url).host);
    });
  });

  it('puts an environment variable into the address where it is deployed with it, and never into the login', async () => {
    const simulator = await simulated();
    process.env.DINSTAR_TEST_URL = simulator.url;
    try {
      const id = await deployed(variable('DINSTAR_TEST_URL'));
      await attempt({ id, url: variable('DINSTAR_TEST_URL') }).expect(200);
      const error = await failure({ url: simulator.url, username: 'me', password: variable('DINSTAR_TEST_URL') }, 400);
      should(error).match({ code: 'INVALID_INPUT', field: 'password' });
    } finally {
      delete process.env.DINSTAR_TEST_URL;
    }
    should(await failure({ url: variable('DINSTAR_NO_SUCH') }, 400)).match({ message: /DINSTAR_NO_SUCH/ });
  });

  it('costs one refused login, however often a wrong password is tried', async () => {
    const simulator = await simulated({ login: 'digest' });
    await deployed('');
    const wrong = { url: simulator.url, username: 'admin', password: 'wrong-horse' };
    for (let tries = 0; tries < 3; tries++) should(await failure(wrong, 502)).match({ code: 'AUTH_REFUSED' });
    should(simulator.logins.refused).equal(1);
    await attempt({ ...wrong, password: PASSWORD }).expect(200);
  });

  it('says why not: nothing there, no answer, no new-version API, no login set', async () => {
    await deployed('');
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    should(await failure({ url: nowhere }, 502)).match({ code: 'UNREACHABLE', message: /nothing listens there/ });
    const silent = await simulated();
    silent.fault({ fault: 'hang' });
    should(await failure({ url: silent.url, timeout: '0.3' }, 504)).match({ code: 'TIMEOUT' });
    const old = await simulated();
    old.fault({ fault: 'http404' });
    should(await failure({ url: old.url }, 502)).match({ code: 'BAD_REPLY', message: /new-version API/ });
    const closed = await simulated({ login: 'basic' });
    should(await failure({ url: closed.url }, 502)).match({ code: 'AUTH_REFUSED', message: /no user name/ });
  });

  it('goes on at the simulated gateway that runs inside, without leaving one behind', async () => {
    await deployed('');
    const { body } = await attempt({ url: 'simulator:tried' }).expect(200);
    should(body).match({ login: 'none', ports: 8 });
  });

  it('happens one at a time', async () => {
    const simulator = await simulated({ latency: 200 });
    await deployed('');
    const answers = await Promise.all([attempt({ url: simulator.url }), attempt({ url: simulator.url })]);
    should(answers.map(({ status }) => status).sort()).eql([200, 409]);
  });

  it('refuses what is no JSON object, and fields that are no texts', async () => {
    await deployed('');
    await attempt('[]').expect(415);
    should(await failure('{"url":{}}', 400)).match({ code: 'INVALID_INPUT', field: 'url' });
    await request(adminApp()).post('/dinstar/admin/connection').type('form').send('url=http://127.0.0.1').expect(415);
    should(await failure({ url: 'ftp://x' }, 400)).match({ code: 'INVALID_INPUT', field: 'url' });
    should(await failure({ url: '' }, 404)).match({ code: 'NOT_CONFIGURED' });
    should(await failure({ url: 'https://127.0.0.1:9', tls: 'gone' }, 400)).match({ field: 'tls' });
  });
});
