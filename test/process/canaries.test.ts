import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { adminRoutes } from '../support/canaries/adminRoutes';
import { credentials, environment, flows, GATEWAYS, newCanaries } from '../support/canaries/scene';
import { type Canary, leaksIn, writtenAs } from '../support/canaries/search';
import { type FlowNode, type RunningNodeRed, startNodeRed, versions } from '../support/node-red';
import { root } from '../support/repository';
import { startWireServer, type WireServer } from '../support/wire-server';

const TAP = path.join(root, 'test/support/canaries/tap.cjs');
const PORT = 'ports/0';

for (const version of versions) {
  describe(`the secrets of a real Node-RED ${version}`, function () {
    this.timeout(60_000);
    const canaries = newCanaries();
    const all: Canary[] = Object.values(canaries);
    const answers: string[] = [];
    const asked: string[] = [];
    const servers: WireServer[] = [];
    let simulator: Simulator;
    let another: Simulator;
    let nodeRed: RunningNodeRed;

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
      servers.push(echo, garbage);
      const addresses = { simulator: simulator.url, another: another.url, echo: echo.url, garbage: garbage.url };
      nodeRed = await startNodeRed({
        version,
        install: 'link',
        flows: flows(addresses),
        credentials: credentials(canaries),
        env: { ...environment(canaries, addresses), NODE_OPTIONS: `--require ${TAP}` },
        settings: { logging: { console: { level: 'trace', metrics: true, audit: true } } },
      });
      await ask('/inject/go', {});
      await new Promise((resolve) => setTimeout(resolve, 2500));
      await push(canaries.token.value);
      await push('wrong');
      await askAll(addresses.echo);
      await nodeRed.deploy(JSON.parse(await ask('/flows')) as FlowNode[]);
      await ask('/inject/go', {});
      await new Promise((resolve) => setTimeout(resolve, 2500));
    });

    after(async () => {
      await nodeRed?.kill('SIGKILL');
      await Promise.all([simulator?.close(), another?.close(), ...servers.map((server) => server.close())]);
    });

    /** The text of an answer, which is kept. */
    const ask = async (route: string, body?: object): Promise<string> => {
      const headers = { 'Content-Type': 'application/json' };
      asked.push(`${body ? 'post' : 'get'} ${route}`);
      const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
      const answer = await nodeRed.admin(route, { ...init, signal: AbortSignal.timeout(3000) });
      const text = await answer.text();
      answers.push(`${route} ${answer.status} ${[...answer.headers].join(' ')} ${text}`);
      return text;
    };
    const push = async (token: string): Promise<void> => {
      for (const body of ['{"sn":"x","sms":[{"incoming_sms_id":1}]}', '{"sms":[{', '[]']) {
        const headers = { 'Content-Type': 'application/json' };
        const answer = await fetch(`${nodeRed.url}/dinstar/push/${token}`, { method: 'POST', headers, body });
        answers.push(`push ${answer.status} ${await answer.text()}`);
      }
    };

    /** Every route of the admin API, and what Node-RED itself tells the editor. */
    async function askAll(echo: string): Promise<void> {
      await ask('/dinstar/admin/permissions');
      await ask('/dinstar/store');
      await ask('/dinstar/admin/receivers/receiver/last-push');
      await ask('/dinstar/admin/sidebar/lease', { tab: 'one' });
      const login = { username: 'admin', password: canaries.tried.value, timeout: '2' };
      for (const url of [echo, simulator.url, 'http://no-such-host.invalid', canaries.tried.value]) {
        await ask('/dinstar/admin/connection', { ...login, id: 'good', url });
      }
      const ofEach = [...GATEWAYS, 'inVariable'].map(async (id) => {
        const sidebar = `/dinstar/admin/sidebar/gateways/${id}`;
        const selfTest = `/dinstar/admin/gateways/${id}/self-test`;
        await ask(`/credentials/dinstar-gateway/${id}`);
        await ask(`/dinstar/admin/gateways/${id}/port-list`);
        await ask(`/dinstar/admin/gateways/${id}/page`);
        await ask(`${sidebar}/${PORT}`);
        await ask(`${sidebar}/${PORT}/sms`, { to: 'nobody', text: 'x' });
        await ask(`${sidebar}/${PORT}/ussd`, { text: '*100#' }).catch(() =>
          answers.push('ussd gave no answer in time'),
        );
        await ask(`${sidebar}/${PORT}/reset`, {});
        await ask(`${sidebar}/hourly-limit/reset`, {});
        await ask(selfTest, {});
        await ask(selfTest);
        await ask(`${selfTest}/abort`, {});
      });
      await Promise.all(ofEach);
      await ask('/credentials/dinstar-push-receiver/receiver');
    }

    it('were in danger: every gateway failed in its way, and it was recorded', () => {
      const parts = ['RECORD', 'TAP-LOG', 'TAP-BROWSER'];
      const codes = ['AUTH_REFUSED', 'UNREACHABLE', 'BAD_REPLY', 'INVALID_INPUT'];
      const missing = [...parts, ...codes].filter((part) => !nodeRed.log().includes(part));
      should(missing).eql([]);
    });

    it('were looked for in the answer of every route of the admin API', () => {
      const untried = adminRoutes().filter(({ method, path: route }) => {
        const pattern = new RegExp(`^${method} /dinstar/admin/${route.replace(/:\w+/g, '[^/]+')}$`);
        return !asked.some((one) => pattern.test(one));
      });
      should(untried).eql([]);
    });

    it('show in no log, status, error, message, answer, file or crash', async () => {
      void nodeRed.kill('SIGUSR2');
      await nodeRed.waitForLog(/TAP-CRASH[\s\S]*the tap lets it crash/, 10_000);
      const folder = path.join(nodeRed.userDir, 'dinstar');
      const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
      should(files).not.be.empty();
      const told = { log: nodeRed.log(), answers: answers.join('\n') };
      should(leaksIn(told, all)).eql([]);
      const kept = { store: files.join('\n'), flows: readFileSync(path.join(nodeRed.userDir, 'flows.json'), 'utf8') };
      // The store keeps an SMS until it is sent, so it has its text.
      should(
        leaksIn(
          kept,
          all.filter((one) => one !== canaries.text),
        ),
      ).eql([]);
    });

    it('would be found wherever a log line held one, however it is written', () => {
      for (const canary of all) {
        for (const [how, written] of writtenAs(canary)) {
          should(leaksIn({ log: `${nodeRed.log()} x${written}y` }, [canary]).join()).containEql(how);
        }
        for (const before of ['', 'a', 'ab']) {
          const inBasic = Buffer.from(`${before}${canary.value}z`).toString('base64');
          should(leaksIn({ log: `Basic ${inBasic}` }, [canary])).have.length(1);
        }
      }
    });
  });
}
