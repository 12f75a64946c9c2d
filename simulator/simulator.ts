import type { IncomingMessage, ServerResponse } from 'node:http';
import { handleControl } from './control/handleControl';
import { Invention } from './control/Invention';
import { pageHtml } from './control/page';
import type { Call, Cdr } from './device/CallRecords';
import { Gateway, type RebootOptions } from './device/Gateway';
import type { GsmPort } from './device/GsmPort';
import { type SimulatorOptions, settle } from './device/options';
import type { PushFaults } from './device/Pusher';
import type { SubmittedSms } from './device/sms/sms';
import type { UssdRequest } from './device/UssdService';
import { Api, type RequestRecord } from './http/Api';
import { refusalOf, refuse } from './http/callers';
import { type Fault, Faults } from './http/Faults';
import { Listener } from './http/Listener';
import { Login, type Logins } from './http/Login';

/** A simulated gateway that runs in this process. */
export interface Simulator {
  /** Where it listens: http(s)://127.0.0.1:PORT. */
  readonly url: string;
  readonly sn: string;
  /** Every HTTP request to the API, oldest first: the newest 100,000. */
  readonly requests: readonly RequestRecord[];
  /** The witness: every SMS the gateway accepted, oldest first: the newest 100,000. Their state changes in place. */
  readonly submitted: readonly SubmittedSms[];
  /** What was sent as USSD, and which sessions were ended: the newest 100,000 requests, oldest first. */
  readonly ussdRequests: readonly UssdRequest[];
  readonly logins: Logins;
  /** Number of SMS that wait for a port. */
  readonly queued: number;
  /** The faults that are on. */
  readonly faults: readonly Fault[];
  /** Switches a fault on, until it has happened `times` times or is cleared. */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** A GSM port to look at and to change. @throws RangeError when there is no such port */
  port(number: number): GsmPort;
  /** All GSM ports. */
  readonly ports: readonly GsmPort[];
  /** An SMS arrives; answers its incoming_sms_id. @throws RangeError when there is no such port */
  receive(sms: { port: number; number: string; text: string; smsc?: string }): number;
  /** Somebody deletes incoming SMS on the gateway's web page: these, or all of them. */
  deleteIncoming(ids?: readonly number[]): void;
  /** incoming_sms_ids start again at 1, in an empty database, while the gateway runs. */
  restartIncomingIds(): void;
  /** A call from the mobile network that nobody answered: pushed as missed_call and recorded as a CDR. */
  missedCall(port: number, number: string): void;
  /** A call has ended: recorded and pushed. */
  addCall(call: Call): Cdr;
  /** The network sends a USSD text on its own; at once, or when the port's session has ended. */
  unsolicitedUssd(port: number, text: string): void;
  /** An exception is pushed (later firmware). */
  exception(info: { port: number; type: string; action: string }): void;
  setPushUrl(url: string | undefined): void;
  /** From now on whoever gets an SMS answers with this text; undefined = nobody does. */
  setAnswers(text: string | undefined): void;
  /** From now on pushes are lost, doubled, late with these chances. */
  setPushFaults(faults: PushFaults): void;
  /** The gateway can't be reached for a while. */
  reboot(options?: RebootOptions): void;
  setPassword(password: string): void;
  /** Sets the device's clock, the network's, or both: seconds ahead of the right time. */
  setClocks(ahead: { device?: number; network?: number }): void;
  /** Ends the server, all connections and timers. */
  close(): Promise<void>;
}

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
