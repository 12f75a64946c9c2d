import { responseTo } from '../network/specialNumbers';
import { CallRecords } from './CallRecords';
import { cutToSize } from './cut';
import { GsmPort } from './GsmPort';
import { Inbox } from './Inbox';
import { Pusher } from './Pusher';
import { StkService } from './StkService';
import type { Settings } from './settings';
import { SmsService } from './sms/SmsService';
import type { Sms } from './sms/sms';
import { UssdService } from './UssdService';
import { createWorld, type World } from './world';

/** How a reboot goes. */
export interface RebootOptions {
  /** How long the gateway can't be reached; default a minute, 0.3 s at speed 'fast'. */
  seconds?: number;
  /** What waits or is on the air is lost; default true. */
  losesQueue?: boolean;
  /** task_id and incoming_sms_id start again at 1, with an empty inbox; default false. */
  idsStartAgain?: boolean;
  /** Results, delivery statuses, incoming SMS and CDRs are lost; default false. */
  losesRecords?: boolean;
}

/** The device without its HTTP server: ports, SMS, USSD, STK, call records and pushing. */
export class Gateway {
  readonly world: World;
  readonly pusher: Pusher;
  readonly ports: readonly GsmPort[];
  readonly sms: SmsService;
  readonly inbox: Inbox;
  readonly ussd: UssdService;
  readonly stk: StkService;
  readonly calls: CallRecords;
  /** What whoever gets an SMS answers, a little later; undefined = nobody does. */
  answers: string | undefined;
  private ussdRequests = 0;

  constructor(settings: Settings) {
    this.world = createWorld(settings, (event) => this.pusher.push(event));
    this.pusher = new Pusher({
      sn: settings.sn,
      batch: settings.pushBatch,
      untidy: settings.untidy,
      random: settings.random,
      late: () => this.world.pace('latePush'),
      schedule: settings.schedule,
      receive: settings.onPush,
      url: settings.pushUrl,
      faults: settings.pushFaults,
    });
    this.ports = Array.from({ length: settings.ports }, (_, port) => new GsmPort(port, this.world));
    this.sms = new SmsService(this.world, this.ports, (sms) => this.route(sms));
    this.inbox = new Inbox(this.world);
    this.ussd = new UssdService(this.world);
    this.stk = new StkService(this.world);
    this.calls = new CallRecords(this.world);
  }

  /** Number of a USSD request, from 1 (manual 7.4). */
  nextUssdRequest(): number {
    this.ussdRequests += 1;
    return this.ussdRequests;
  }

  /** A list as long as a reply may be. */
  capped<T>(records: T[]): T[] {
    const { capAllReplies, replyLimit } = this.world.settings;
    return capAllReplies ? cutToSize(records, replyLimit) : records;
  }

  /** A port of this gateway. @throws RangeError when it has no such port */
  port(number: number): GsmPort {
    const port = this.ports[number];
    if (!port) throw new RangeError(`the simulated gateway has no port ${number}`);
    return port;
  }

  /** An SMS arrives at a port; answers its incoming_sms_id. */
  receive(sms: { port: number; number: string; text: string; smsc?: string }): number {
    const port = this.port(sms.port);
    return this.inbox.receive({ ...sms, smsc: sms.smsc ?? port.smsc, imsi: port.imsi });
  }

  /** Power goes; what happens inside stops here. */
  goDown(options: RebootOptions): void {
    this.tellDevice('power_off');
    this.world.running = false;
    this.world.timers.clear();
    for (const port of this.ports) if (port.registered) port.unregister();
    this.sms.goDown(options.losesQueue ?? true);
    this.ussd.forget();
    this.stk.forget();
    if (options.losesRecords) this.forgetRecords();
    if (!options.idsStartAgain) return;
    this.sms.restartIds();
    this.inbox.restartIds();
  }

  /** Power is back: the ports look for their networks. */
  comeUp(): void {
    this.world.running = true;
    this.tellDevice('power_on');
    for (const port of this.ports) if (['UNREGISTER', 'SEARCHING_NETWORK'].includes(port.reg)) port.search();
  }

  close(): void {
    this.world.running = false;
    this.world.timers.close();
    this.world.air.close();
    this.pusher.close();
  }

  /** The network delivers an SMS to a number of one of our own SIMs: it comes in again. */
  private route(sms: Sms): void {
    const from = this.ports.find(({ port }) => port === sms.sentPort);
    if (from?.lying) return;
    this.answer(sms);
    if (responseTo(sms.number) !== 'ordinary') return;
    const number = withoutPrefix(sms.number);
    const to = this.ports.find((port) => port.registered && withoutPrefix(port.number) === number);
    if (number === '' || !to || !from) return;
    const arriving = { port: to.port, number: from.number || 'unknown', text: sms.text };
    this.world.air.after(this.world.pace('report'), () => {
      if (this.world.running) this.receive(arriving);
    });
  }

  private answer({ number, sentPort: port }: Sms): void {
    const text = this.answers;
    if (text === undefined || port === undefined || responseTo(number) !== 'ordinary') return;
    this.world.air.after(this.world.pace('report'), () => {
      if (this.world.running) this.receive({ port, number, text });
    });
  }

  private forgetRecords(): void {
    this.sms.records.forget();
    this.inbox.forget();
    this.calls.forget();
  }

  private tellDevice(status: 'power_on' | 'power_off'): void {
    this.world.push({
      device: { port_number: this.ports.length, IP: '127.0.0.1', MAC: 'F8-A0-3D-00-00-01', status },
    });
  }
}

// +99970…, 0099970… and 99970… are one number.
const withoutPrefix = (number: string): string => number.replace(/^(\+|00)/, '');
