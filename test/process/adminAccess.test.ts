import should from 'should';
import { type FlowNode, type RunningNodeRed, startNodeRed, versionsInTurn } from '../support/node-red';

const { hashSync } = require('bcryptjs') as { hashSync(password: string, rounds: number): string };

const FLOWS: FlowNode[] = [
  { id: 'tab', type: 'tab', label: 'access' },
  { id: 'gateway', type: 'dinstar-gateway', name: 'farm', url: 'simulator:' },
];
const PERMISSIONS = { writer: '*', reader: 'read', other: ['flows.read', 'status.read'] };
const PASSWORD = 'pass';
const users = Object.entries(PERMISSIONS).map(([username, permissions]) => ({
  username,
  password: hashSync(PASSWORD, 4),
  permissions,
}));
const PORT = 'sidebar/gateways/gateway/ports/1';
const SELF_TEST = 'gateways/gateway/self-test';
const READS = ['permissions', PORT, 'gateways/gateway/port-list', 'receivers/push/last-push', SELF_TEST];
const WRITES = [
  ...[`${PORT}/reset`, `${PORT}/sms`, `${PORT}/ussd`, 'sidebar/gateways/gateway/hourly-limit/reset'],
  ...['sidebar/gateways/gateway/jobs/pause', 'sidebar/gateways/gateway/waiting/stop', 'balance'],
  ...['connection', SELF_TEST, `${SELF_TEST}/abort`],
];

for (const version of versionsInTurn) {
  describe(`the admin API of a Node-RED ${version} with a login`, () => {
    let nodeRed: RunningNodeRed;
    before(async () => {
      const settings = { adminAuth: { type: 'credentials', users } };
      nodeRed = await startNodeRed({ version, install: 'link', flows: FLOWS, settings });
    });
    after(() => nodeRed?.stop());

    const login = async (username: keyof typeof PERMISSIONS): Promise<string> => {
      const scope = [PERMISSIONS[username]].flat().join(' ');
      const body = { client_id: 'node-red-admin', grant_type: 'password', scope, username, password: PASSWORD };
      const answer = await nodeRed.admin('/auth/token', json(body));
      return ((await answer.json()) as { access_token: string }).access_token;
    };
    const json = (body: object, token?: string): RequestInit => ({
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    const get = async (path: string, token?: string): Promise<Response> =>
      nodeRed.admin(
        `/dinstar/admin/${path}`,
        token === undefined ? {} : { headers: { Authorization: `Bearer ${token}` } },
      );
    const post = (path: string, token?: string, body: object = {}): Promise<Response> =>
      nodeRed.admin(`/dinstar/admin/${path}`, json(body, token));

    it('tells nothing and does nothing without a login, or with a wrong one', async () => {
      for (const token of [undefined, 'guessed']) {
        for (const path of READS) should((await get(path, token)).status).equal(401, path);
        for (const path of ['sidebar/lease', ...WRITES]) should((await post(path, token)).status).equal(401, path);
      }
    });

    it('tells nothing to who may read flows, and no more', async () => {
      const token = await login('other');
      for (const path of READS) should((await get(path, token)).status).equal(401, path);
      should((await post('sidebar/lease', token)).status).equal(401);
    });

    it('shows a reader everything, and lets nothing be done', async () => {
      const token = await login('reader');
      should(await (await get('permissions', token)).json()).eql({ write: false });
      for (const path of READS) should((await get(path, token)).status).equal(200, path);
      should(await (await get(PORT, token)).json()).match({ port: 1, reg: 'REGISTER_OK' });
      should(await (await post('sidebar/lease', token)).json()).match({ write: false });
      for (const path of WRITES) should((await post(path, token)).status).equal(401, path);
      should(nodeRed.log()).not.match(/by the sidebar/);
    });

    it('lets a writer act', async () => {
      const token = await login('writer');
      should(await (await get('permissions', token)).json()).eql({ write: true });
      should((await post(`${PORT}/reset`, token)).status).equal(200);
      should(await (await post('connection', token, { url: 'simulator:' })).json()).match({ login: 'none', ports: 8 });
      should((await post(`${PORT}/ussd`, token)).status).equal(400);
      should(nodeRed.log()).match(/a reset on port 1 of farm, by the sidebar/);
    });
  });
}
