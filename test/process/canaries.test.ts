import path from 'node:path';
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { adminRoutes } from '../support/canaries/adminRoutes';
import { repeating } from '../support/canaries/repeating';
import {
  type Addresses,
  BY_VARIABLE,
  credentials,
  environment,
  flows,
  GATEWAYS,
  newCanaries,
} from '../support/canaries/scene';
import { type Canary, leaksIn, proofsIn, writtenAs } from '../support/canaries/search';
import { userFiles } from '../support/canaries/userFiles';
import { Watcher } from '../support/canaries/Watcher';
import { type FlowNode, type RunningNodeRed, startNodeRed, versionsInTurn } from '../support/node-red';
import { root } from '../support/repository';
import { startWireServer, type WireServer } from '../support/wire-server';

const TAP = path.join(root, 'test/support/canaries/tap.cjs');
const PORT = 'ports/0';
const PATIENCE_MS = 60_000;
/** How gateways of the scene fail. */
const CODES = ['AUTH_REFUSED', 'UNREACHABLE', 'BAD_REPLY', 'INVALID_INPUT'];

for (const version of versionsInTurn) {
  describe(`the secrets of a real Node-RED ${version}`, function () {
    this.timeout(180_000);
    const canaries = newCanaries();
    const all: Canary[] = Object.values(canaries);
    const answers: string[] = [];
    const asked: string[] = [];
    const servers: WireServer[] = [];
    /** Authorization headers that gateways repeated. */
    const sent: string[] = [];
    let addresses: Addresses;
    let simulator: Simulator;
    let another: Simulator;
    let nodeRed: RunningNodeRed;
    let watcher: Watcher | undefined;

    before(async () => {
      simulator = await startSimulator({ speed: 'fast', login: 'digest', password: canaries.password.value });
      // Two nodes with one address would share the login of the first.
      another = await startSimulator({ speed: 'fast', login: 'digest', password: 'right' });
      const echo = await startWireServer(({ headers, url }) => {
        if (!headers.authorization)
          return { status: 401, headers: { 'WWW-Authenticate': 'Basic realm="echo"' }, text: '' };
        const page = `<html>${url} ${JSON.stringify(headers)}</html>`;
        if (url.length % 2) return { text: page };
        return { status: 302, headers: { Location: `/${encodeURIComponent(headers.authorization)}` }, text: page };
      });
      const garbage = await startWireServer((_request, response) => void response.socket?.end('\u0000no HTTP\r\n\r\n'));
      const basic = await startWireServer(repeating('Basic', canaries.password.value, sent));
      const digest = await startWireServer(repeating('Digest', canaries.password.value, sent));
      servers.push(echo, garbage, basic, digest);
      addresses = {
        ...{ simulator: simulator.url, another: another.url, echo: echo.url, garbage: garbage.url },
        ...{ basic: basic.url, digest: digest.url },
      };
      nodeRed = await startNodeRed({
        version,
        install: 'link',
        flows: flows(addresses),
        credentials: credentials(canaries),
        env: { ...environment(canaries, addresses), NODE_OPTIONS: `--require ${TAP}` },
        settings: { logging: { console: { level: 'trace', metrics: true, audit: true } } },
      });
      for (const one of [simulator, another]) one.setPushUrl(`${nodeRed.url}/dinstar/push/${canaries.token.value}`);
      watcher = await watch();
      await go();
      await push(canaries.token.value);
      await push('wrong');
      await askAll();
      await askSimulators();
      await nodeRed.deploy(JSON.parse(await ask('/flows')) as FlowNode[]);
      await go();
    });

    after(async () => {
      watcher?.close();
      await nodeRed?.kill('SIGKILL');
      await Promise.all([simulator?.close(), another?.close(), ...servers.map((server) => server.close())]);
    });

    /** All nodes are told to work, and gateways have failed in each way. */
    const go = async (): Promise<void> => {
      const from = nodeRed.log().length;
      await ask('/inject/go', {});
      for (const code of CODES) await nodeRed.waitForLog(new RegExp(code), PATIENCE_MS, from);
    };

    /** The text of an answer, which is kept. */
    const ask = async (route: string, body?: object, ms = PATIENCE_MS): Promise<string> => {
      const headers = { 'Content-Type': 'application/json' };
      asked.push(`${body ? 'post' : 'get'} ${route}`);
      const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await nodeRed.admin(route, { ...init, signal: AbortSignal.timeout(ms) });
      const text = await answer.text();
      answers.push(`${route} ${answer.status} ${[...answer.headers].join(' ')} ${text}`);
      return text;
    };
    const push = async (token: string): Promise<void> => {
      for (const body of [
        '{"sn":"x","sms":[{"incoming_sms_id":1}]}',
        '{"sms":[{',
        '[]',
        pushed(),
        `{"a":"${canaries.token.value}",,}`,
      ]) {
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(`${nodeRed.url}/dinstar/push/${token}`, { method: 'POST', headers, body });
        answers.push(`push ${answer.status} ${await answer.text()}`);
      }
    };

    /** A push of which every field holds a secret of ours. */
    const pushed = (): string => {
      const [token, password] = [canaries.token.value, canaries.password.value];
      const row = {
        port: 0,
        user_id: 1,
        number: '123',
        status: token,
        text: password,
        url: `/push/${token}`,
        [token]: 1,
      };
      return JSON.stringify({
        sn: token,
        sms_result: [row],
        ussd: [row],
        register: row,
        [password]: token,
        [token]: [row],
      });
    };

    /** An editor that shows the sidebar. */
    async function watch(): Promise<Watcher> {
      const { ticket } = JSON.parse(await ask('/dinstar/admin/sidebar/lease', {})) as { ticket: string };
      return new Watcher(nodeRed.url, ticket);
    }

    /** What the simulators tell whoever asks them, also with a wrong login. */
    async function askSimulators(): Promise<void> {
      const Authorization = `Basic ${Buffer.from(`admin:${canaries.tried.value}`).toString('base64')}`;
      for (const { url } of [simulator, another]) {
        for (const place of ['/', '/simulator/state', '/simulator/requests', '/simulator/record', '/api/get_status']) {
          const answer = await fetch(url + place, { headers: { Authorization } });
          answers.push(`${place} ${answer.status} ${[...answer.headers].join(' ')} ${await answer.text()}`);
        }
      }
    }

    /** Every route of the admin API, and what Node-RED itself tells the editor. */
    async function askAll(): Promise<void> {
      await ask('/dinstar/admin/permissions');
      await ask('/dinstar/store');
      await ask('/dinstar/admin/receivers/receiver/last-push');
      await ask('/dinstar/admin/balance', { text: 'balance: 1.00', read: '([0-9.]+)', readType: 're' });
      const login = { username: 'admin', password: canaries.tried.value, timeout: '2' };
      const { echo, basic, digest } = addresses;
      for (const url of [echo, basic, digest, simulator.url, 'http://no-such-host.invalid', canaries.tried.value]) {
        await ask('/dinstar/admin/connection', { ...login, id: 'good', url });
      }
      const ofEach = [...GATEWAYS, ...BY_VARIABLE].map(async (id) => {
        const sidebar = `/dinstar/admin/sidebar/gateways/${id}`;
        const selfTest = `/dinstar/admin/gateways/${id}/self-test`;
        await ask(`/credentials/dinstar-gateway/${id}`);
        await ask(`/dinstar/admin/gateways/${id}/port-list`);
        await ask(`/dinstar/admin/gateways/${id}/page`);
        await ask(`${sidebar}/${PORT}`);
        await ask(`${sidebar}/${PORT}/sms`, { to: 'nobody', text: 'x' });
        await ask(`${sidebar}/${PORT}/ussd`, { text: '*100#' }, 10_000).catch(() =>
          answers.push('ussd gave no answer in time'),
        );
        await ask(`${sidebar}/${PORT}/reset`, {});
        await ask(`${sidebar}/hourly-limit/reset`, {});
        for (const action of ['pause', 'resume', 'stop'])
          await ask(`${sidebar}/jobs/${action}`, { job: 'no such job' });
        await ask(`${sidebar}/waiting/stop`, {});
        const { segments } = JSON.parse(await ask(selfTest)) as { segments?: number };
        await ask(selfTest, { from: 0, to: 1, number: '123', segments });
        await ask(selfTest);
        await ask(`${selfTest}/abort`, {});
      });
      await Promise.all(ofEach);
      await ask('/credentials/dinstar-push-receiver/receiver');
    }

    it('were in danger: every gateway failed in its way, and it was recorded', () => {
      const parts = ['RECORD', 'TAP-LOG', 'TAP-BROWSER'];
      const missing = [...parts, ...CODES].filter((part) => !nodeRed.log().includes(part));
      should(missing).eql([]);
      should(watcher?.told.join()).match(/dinstar\/sidebar.*gateway basic/);
    });

    it('were looked for in the answer of every route of the admin API', () => {
      const untried = adminRoutes().filter(({ method, path: route }) => {
        const pattern = new RegExp(`^${method} /dinstar/admin/${route.replace(/:\w+/g, '[^/]+')}$`);
        return !asked.some((one) => pattern.test(one));
      });
      should(untried).eql([]);
    });

    it('show in no log, status, error, message, answer, file or crash', async () => {
      await nodeRed.kill('SIGUSR2');
      should(nodeRed.log().includes('the tap lets it crash')).be.true();
      const files = userFiles(nodeRed.userDir);
      should(Object.keys(files))
        .matchAny(/^dinstar/)
        .and.matchAny(/^\.flows\.json\.backup$/);
      const told = { log: nodeRed.log(), answers: answers.join('\n'), sidebar: watcher?.told.join('\n') ?? '' };
      // What is sent is no secret where it belongs: in outcomes, replies, the store and the sidebar.
      const secrets = all.filter((one) => one !== canaries.text);
      should(leaksIn(told, secrets)).eql([]);
      // The store knows where a gateway is, so that another address is noticed.
      const kept = secrets.filter((one) => one !== canaries.host);
      should(leaksIn(files, kept)).eql([]);
      should(sent.length).be.above(20);
      should(proofsIn({ ...told, ...files }, sent)).eql([]);
    });

    it('would be found wherever a log line held one, however it is written', () => {
      for (const canary of all) {
        for (const [how, written] of writtenAs(canary)) {
          should(leaksIn({ log: `12:00 [error] x${written}y` }, [canary]).join()).containEql(how);
        }
        for (const before of ['', 'a', 'ab']) {
          const inBasic = Buffer.from(`${before}${canary.value}z`).toString('base64');
          should(leaksIn({ log: `Basic ${inBasic}` }, [canary])).have.length(1);
        }
      }
    });
  });
}
