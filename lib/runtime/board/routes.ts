import type { BoardLease } from '../../board/snapshot';
import { readCodes } from '../../messaging';
import { permissionsOf } from '../admin/permissions';
import { type AdminCall, adminRoute, gatewayOf } from '../admin/routes';
import type { House } from '../house';
import { readOnePort } from '../ports';
import { nameOf, type Red } from '../red';
import { RENEW } from './Leases';
import { DETAILS } from './ports';
import { sendTestSms } from './testSms';

/** How long each reply is waited for, in ms. */
const USSD_WAIT = 30_000;

const PORT = 'board/gateways/:id/ports/:port';

/** What the sidebar asks for and does, and the editor's connection by which it is told what is new. */
export function openBoard(red: Red, house: House): void {
  house.openBoard(red);
  openLeases(red, house);
  openActions(red, house);
}

function openLeases(red: Red, house: House): void {
  adminRoute(red, { method: 'post', path: 'board/lease', needs: 'dinstar.read' }, async ({ body, request }) => {
    const { ticket, over } = body;
    const user = nameOf(request.user);
    if (over === true) return void house.board.leases.end(String(ticket), user);
    const { write } = await permissionsOf(red, request);
    const granted = house.board.leases.grant(typeof ticket === 'string' ? ticket : undefined, user);
    return { ticket: granted, renew: RENEW, write } satisfies BoardLease;
  });
}

function openActions(red: Red, house: House): void {
  /** An action of whoever may write, noted in the log without what was sent. */
  const action = (path: string, name: string, act: (call: AdminCall) => Promise<unknown>): void =>
    adminRoute(red, { method: 'post', path, needs: 'dinstar.write' }, (call) => {
      const { port } = call.params;
      const where = port === undefined ? '' : ` on port ${port}`;
      red.log.info(`dinstar: ${name}${where} of ${gatewayOf(house, call).identity.name}, by the sidebar`);
      return act(call);
    });
  adminRoute(red, { method: 'get', path: PORT, needs: 'dinstar.read' }, async (call) => {
    const gateway = await gatewayOf(house, call).gateway();
    const port = portOf(call);
    const { signal } = call;
    const { ports } = await gateway.portReader.read({ ports: [port], info: DETAILS }, { kind: 'poll', signal });
    return ports.find((one) => one.port === port) ?? { port };
  });
  action('board/gateways/:id/fuse/reset', 'the fuse was reset', async (call) => {
    house.board.resetFuse(gatewayOf(house, call).id);
  });
  action(`${PORT}/reset`, 'a reset', async (call) => {
    const node = gatewayOf(house, call);
    const gateway = await node.gateway();
    const request = { port: portOf(call), action: 'reset' };
    await gateway.line.ask({ kind: 'command' }, (api) => api.setPortInfo(request));
    house.board.askAgain(node.id);
  });
  action(`${PORT}/sms`, 'a test SMS', (call) =>
    sendTestSms(house, gatewayOf(house, call), { to: call.body.to, text: call.body.text, port: portOf(call) }),
  );
  action(`${PORT}/ussd`, 'a USSD', async (call) => {
    const { text } = call.body;
    const { ussd } = await gatewayOf(house, call).gateway();
    const codes = readCodes(typeof text === 'string' ? text.split(',').map((code) => code.trim()) : text);
    const [record] = await ussd.dialogue([portOf(call)], codes, USSD_WAIT, call.signal);
    return { replies: record?.replies ?? [] };
  });
}

const portOf = ({ params }: AdminCall): number => readOnePort(params.port);
