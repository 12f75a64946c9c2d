import type { Gateway } from '../device/Gateway';
import type { Api } from '../http/Api';
import type { Faults } from '../http/Faults';
import type { Listener } from '../http/Listener';
import type { Login } from '../http/Login';
import type { Invention } from './Invention';
import type { Simulator } from './simulator';

/** What a simulated gateway is made of. */
interface Parts {
  gateway: Gateway;
  login: Login;
  faults: Faults;
  api: Api;
  listener: Listener;
  invention: Invention;
}

/** How tests, the page and the control API see a simulated gateway, and what they can have happen to it. */
export function controlsOf({ gateway, login, faults, api, listener, invention }: Parts): Simulator {
  let closed = false;

  function refuseFor(ms: number | undefined, then = () => {}): void {
    listener.stop();
    if (ms === undefined) return;
    gateway.world.air.after(ms, () => {
      if (closed) return;
      listener.start();
      then();
    });
  }

  return {
    get url() {
      return listener.url;
    },
    sn: gateway.world.settings.sn,
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
}
