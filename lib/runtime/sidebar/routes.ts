import { readCodes, readGivenJob } from '../../messaging';
import type { JobAnswered, SidebarLease, WaitingStopped } from '../../sidebar/snapshot';
import type { JobCommand } from '../../store';
import { permissionsOf } from '../admin/permissions';
import { type AdminCall, adminRoute, gatewayOf } from '../admin/routes';
import { readOnePort } from '../readPorts';
import { nameOf, type Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { LEASE_RENEWAL_S } from './Leases';
import { DETAILS } from './sidebarPort';
import { sendTestSms } from './testSms';

/** How long each reply is waited for, in ms. */
const USSD_REPLY_TIMEOUT_MS = 30_000;

const PORT = 'sidebar/gateways/:id/ports/:port';

/** What the sidebar asks for and does, and the editor's connection by which it is told what is new. */
export function openSidebar(red: Red, runtime: SharedRuntime): void {
  runtime.openSidebar(red);
  openLeases(red, runtime);
  openActions(red, runtime);
}

function openLeases(red: Red, runtime: SharedRuntime): void {
  adminRoute(red, { method: 'post', path: 'sidebar/lease', needs: 'dinstar.read' }, async ({ body, request }) => {
    const { ticket, over } = body;
    const user = nameOf(request.user);
    if (over === true) return void runtime.sidebar.leases.end(String(ticket), user);
    const { write } = await permissionsOf(red, request);
    const granted = runtime.sidebar.leases.grant(typeof ticket === 'string' ? ticket : undefined, user);
    return { ticket: granted, renew: LEASE_RENEWAL_S, write } satisfies SidebarLease;
  });
}

function openActions(red: Red, runtime: SharedRuntime): void {
  /** An action of whoever may write, noted in the log without what was sent. */
  const action = (path: string, name: string, act: (call: AdminCall) => Promise<unknown>): void =>
    adminRoute(red, { method: 'post', path, needs: 'dinstar.write' }, (call) => {
      const { port } = call.params;
      const where = port === undefined ? '' : ` on port ${port}`;
      red.log.info(`dinstar: ${name}${where} of ${gatewayOf(runtime, call).identity.name}, by the sidebar`);
      return act(call);
    });
  adminRoute(red, { method: 'get', path: PORT, needs: 'dinstar.read' }, async (call) => {
    const gateway = await gatewayOf(runtime, call).gateway();
    const port = portOf(call);
    const { signal } = call;
    const { ports } = await gateway.portReader.read({ ports: [port], info: DETAILS }, { kind: 'poll', signal });
    return ports.find((one) => one.port === port) ?? { port };
  });
  action('sidebar/gateways/:id/hourly-limit/reset', 'the hourly limit was reset', async (call) => {
    runtime.sidebar.resetHourlyLimit(gatewayOf(runtime, call).id);
  });
  for (const [command, name] of JOB_COMMANDS) {
    action(`sidebar/gateways/:id/jobs/${command}`, name, (call) => commandJob(runtime, call, command));
  }
  action('sidebar/gateways/:id/waiting/stop', 'a stop of all that waits', async (call) => {
    const { id } = gatewayOf(runtime, call);
    const stopped = await runtime.gateways.jobs.stopWaiting(id);
    runtime.sidebar.hasChanged();
    return { stopped } satisfies WaitingStopped;
  });
  action(`${PORT}/reset`, 'a reset', async (call) => {
    const node = gatewayOf(runtime, call);
    const gateway = await node.gateway();
    await gateway.portSetter.ask({ port: portOf(call), action: 'reset' });
    runtime.sidebar.askAgain(node.id);
  });
  action(`${PORT}/sms`, 'a test SMS', (call) =>
    sendTestSms(runtime, gatewayOf(runtime, call), { to: call.body.to, text: call.body.text, port: portOf(call) }),
  );
  action(`${PORT}/ussd`, 'a USSD', async (call) => {
    const { text } = call.body;
    const { ussd } = await gatewayOf(runtime, call).gateway();
    const codes = readCodes(typeof text === 'string' ? text.split(',').map((code) => code.trim()) : text);
    const [record] = await ussd.dialogue([portOf(call)], codes, USSD_REPLY_TIMEOUT_MS, call.signal);
    return { replies: record?.replies ?? [] };
  });
}

const JOB_COMMANDS = [
  ['pause', 'a pause of a job'],
  ['resume', 'a resume of a job'],
  ['stop', 'a stop of a job'],
] as const satisfies [JobCommand, string][];

/** Does what is asked with the job of `body.job`. Its answer holds counts alone: no number that isn't shown otherwise. */
async function commandJob(runtime: SharedRuntime, call: AdminCall, command: JobCommand): Promise<JobAnswered> {
  const { id } = gatewayOf(runtime, call);
  const job = readGivenJob(call.body.job);
  const { waiting, held, stopped, left } = await runtime.gateways.jobs.command([id], { job }, command);
  runtime.sidebar.hasChanged();
  return { waiting, held, stopped, left: left.length };
}

const portOf = ({ params }: AdminCall): number => readOnePort(params.port);
