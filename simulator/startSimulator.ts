import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleControl } from './control/handleControl';
import { Invention } from './control/Invention';
import { pageHtml } from './control/page';
import type { Simulator } from './control/simulator';
import { Gateway } from './device/Gateway';
import type { SimulatorOptions } from './device/options';
import { settle } from './device/settings';
import { Api } from './http/Api';
import { refusalOf, refuse } from './http/callers';
import { Faults } from './http/Faults';
import { Listener } from './http/Listener';
import { Login } from './http/Login';

/**
 * Starts a simulated gateway on 127.0.0.1.
 * @throws RangeError for options out of range; the system's error when the TCP port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settle(options);
  const gateway = new Gateway(settings);
  const login = new Login(settings);
  const faults = new Faults();
  const api = new Api(gateway, login, faults);
  const listener = new Listener({ port: settings.port, tls: settings.tls }, (request, response) => {
    void handle(request, response);
  });
  const invention = new Invention(gateway);
  let closed = false;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://gateway');
      const refusal = refusalOf(request, url.pathname.startsWith('/simulator/'));
      if (refusal) refuse(response, refusal);
      else if (url.pathname === '/') {
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageHtml);
      } else if (url.pathname.startsWith('/simulator/'))
        await handleControl(simulator, gateway, request, response, url);
      else await api.handle(request, response, url);
    } catch {
      // Nothing that comes over the wire may end the simulator.
      response.destroy();
    }
  }

  function refuseFor(ms: number | undefined, then = () => {}): void {
    listener.stop();
    if (ms === undefined) return;
    gateway.world.air.after(ms, () => {
      if (closed) return;
      listener.start();
      then();
    });
  }

  const simulator: Simulator = {
    get url() {
      return listener.url;
    },
    sn: settings.sn,
    requests: api.requests,
    get submitted() {
      return gateway.sms.submitted;
    },
    ussdRequests: gateway.ussd.requests,
    logins: login.counts,
    get queued() {
      return gateway.sms.queue.waiting;
    },
    get faults() {
      return faults.list;
    },
    fault: (fault) => (fault.fault === 'refuse' ? refuseFor(fault.ms) : faults.add(fault)),
    clearFaults: () => {
      faults.clear();
      if (gateway.world.running && !closed) listener.start();
    },
    port: (number) => gateway.port(number),
    ports: gateway.ports,
    operator: gateway.world.operator,
    receive: (sms) => gateway.receive(sms),
    deleteIncoming: (ids) => (ids ? gateway.inbox.remove(ids) : gateway.inbox.forget()),
    restartIncomingIds: () => gateway.inbox.restartIds(),
    missedCall: (port, number) => gateway.calls.miss(gateway.port(port).port, number),
    addCall: (call) => gateway.calls.add(call),
    unsolicitedUssd: (port, text) => gateway.ussd.notify(gateway.port(port).port, text),
    exception: (info) => gateway.world.push({ exception_info: info }),
    setPushUrl: (url) => {
      gateway.pusher.url = url;
    },
    setAnswers: (text) => {
      gateway.answers = text;
    },
    setPushFaults: (pushFaults) => {
      gateway.pusher.faults = pushFaults;
    },
    reboot: (how = {}) => {
      gateway.goDown(how);
      login.forgetNonces();
      const ms = how.seconds === undefined ? gateway.world.pace('reboot') : how.seconds * 1000;
      refuseFor(ms, () => gateway.comeUp());
    },
    setPassword: (password) => login.setPassword(password),
    setSpeed: (speed) => {
      gateway.world.speed = speed;
    },
    setClocks: ({ device, network }) => {
      const { ahead } = gateway.world;
      if (device !== undefined) ahead.device = device * 1000;
      if (network !== undefined) ahead.network = network * 1000;
    },
    close: async () => {
      closed = true;
      invention.stop();
      gateway.close();
      await listener.close();
    },
  };
  await listener.listen();
  invention.start();
  return simulator;
}
