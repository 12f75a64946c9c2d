import { ApiSession, type CallOptions, type Contact, checkedPath } from './ApiSession';
import { type CdrQuery, type CdrReply, getCdr } from './cdr';
import { type GatewayStatus, getStatus } from './device';
import { endpointFor } from './endpoints';
import { invalidInput } from './errors';
import type { Carrier } from './HttpTransport';
import { type IncomingSmsQuery, type IncomingSmsReply, queryIncomingSms } from './inbox';
import { type GatewayClientOptions, settle } from './options';
import { getPortInfo, type PortInfoQuery, type PortInfoReply, type SetPortRequest, setPortInfo } from './ports';
import type { ClockFace } from './records';
import type { Reply } from './reply';
import { type SendSmsReply, type SendSmsRequest, sendSms } from './sendSms';
import {
  type DeliveryStatus,
  querySmsDeliverStatus,
  querySmsInQueue,
  querySmsResult,
  type SmsFilter,
  type SmsInQueue,
  type SmsRecords,
  type SmsResults,
  stopSms,
} from './sms';
import { getStkCurrFrameIndex, getStkView, type StkFrame, type StkGoRequest, type StkView, stkGo } from './stk';
import { queryUssdReply, type SendUssdReply, type SendUssdRequest, sendUssd, type UssdReplies } from './ussd';

/**
 * A Dinstar gateway's HTTP API, a method an endpoint. Every method checks its input by the manual's limits before anything
 * leaves, reads the answer with the documented types, keeps what it doesn't know of it, and fails with a {@link GatewayError}.
 */
export class GatewayClient {
  readonly #gateway: ApiSession;

  /**
   * Sends nothing yet. Throws `NOT_CONFIGURED` without an address, `INVALID_INPUT` naming an option that is wrong.
   * @param carrier by what requests travel; HTTP unless told otherwise
   */
  constructor(options: GatewayClientOptions, carrier?: Carrier) {
    this.#gateway = new ApiSession(settle(options), carrier);
  }

  /** The gateway's serial number, as the last reply gave it; older firmware never does. */
  get sn(): string | undefined {
    return this.#gateway.sn;
  }

  /** How the gateway lets requests in; undefined before its first answer. `open`: no login is asked for, or none is set. */
  get login(): 'open' | 'basic' | 'digest' | undefined {
    return this.#gateway.login;
  }

  /**
   * Milliseconds that the gateway's clock is ahead of this machine's, to about a second, by the Date header of its last
   * answer; undefined when that had none.
   */
  get clockAhead(): number | undefined {
    return this.#gateway.clockAhead;
  }

  /** The gateway's clock face, by which the times of its records are read. */
  get clockFace(): ClockFace {
    return this.#gateway.clockFace;
  }

  /** When the gateway was last heard, and since when it hasn't been. */
  get contact(): Contact {
    return this.#gateway.contact;
  }

  /** Sends a text to up to 128 recipients (manual 2); `error_code` 202 means that the gateway has taken it. */
  async sendSms(request: SendSmsRequest, options?: CallOptions): Promise<SendSmsReply> {
    return sendSms(this.#gateway, request, options);
  }

  /** What became of sent SMS (manual 3). The answer may hold records outside the filter. */
  async querySmsResult(filter?: SmsFilter, options?: CallOptions): Promise<SmsResults> {
    return querySmsResult(this.#gateway, filter, options);
  }

  /** The delivery reports of sent SMS, one a segment (manual 4). */
  async querySmsDeliverStatus(filter?: SmsFilter, options?: CallOptions): Promise<SmsRecords<DeliveryStatus>> {
    return querySmsDeliverStatus(this.#gateway, filter, options);
  }

  /** How many SMS wait in the gateway (manual 5). */
  async querySmsInQueue(options?: CallOptions): Promise<SmsInQueue> {
    return querySmsInQueue(this.#gateway, options);
  }

  /** Received SMS (manual 6); some models cut the list at about 8 KB. */
  async queryIncomingSms(query?: IncomingSmsQuery, options?: CallOptions): Promise<IncomingSmsReply> {
    return queryIncomingSms(this.#gateway, query, options);
  }

  /** Sends a USSD, or ends a session (manual 7). */
  async sendUssd(request: SendUssdRequest, options?: CallOptions): Promise<SendUssdReply> {
    return sendUssd(this.#gateway, request, options);
  }

  /** The last USSD text of each port (manual 8). */
  async queryUssdReply(query: { port: number[] }, options?: CallOptions): Promise<UssdReplies> {
    return queryUssdReply(this.#gateway, query, options);
  }

  /** Stops what isn't sent yet of a task (manual 9); `NOT_FOUND` when the gateway doesn't have it. */
  async stopSms(request: { task_id: number }, options?: CallOptions): Promise<Reply> {
    return stopSms(this.#gateway, request, options);
  }

  /** What the gateway tells of its ports (manual 10). */
  async getPortInfo(query: PortInfoQuery, options?: CallOptions): Promise<PortInfoReply> {
    return getPortInfo(this.#gateway, query, options);
  }

  /** Chooses a SIM slot, resets a module, switches it on or off (manual 11), and what later firmware can do. */
  async setPortInfo(request: SetPortRequest, options?: CallOptions): Promise<Reply> {
    return setPortInfo(this.#gateway, request, options);
  }

  /** Call records (manual 12). */
  async getCdr(query?: CdrQuery, options?: CallOptions): Promise<CdrReply> {
    return getCdr(this.#gateway, query, options);
  }

  /** What a SIM's menu shows (manual 13). */
  async getStkView(query: { port: number }, options?: CallOptions): Promise<StkView> {
    return getStkView(this.#gateway, query, options);
  }

  /** One step in a SIM's menu (manual 14). */
  async stkGo(request: StkGoRequest, options?: CallOptions): Promise<Reply> {
    return stkGo(this.#gateway, request, options);
  }

  /** Which frame of its menu a SIM shows (manual 15). */
  async getStkCurrFrameIndex(query: { port: number }, options?: CallOptions): Promise<StkFrame> {
    return getStkCurrFrameIndex(this.#gateway, query, options);
  }

  /** The device's own state (later firmware). */
  async getStatus(sections?: string[], options?: CallOptions): Promise<GatewayStatus> {
    return getStatus(this.#gateway, sections, options);
  }

  /**
   * Any other request: `params` become the query of a GET or the JSON body of a POST. The answer is read as tolerantly as the
   * others, its `error_code` is checked, and it comes as it is. A POST that isn't known counts as changing something.
   */
  async call(method: 'GET' | 'POST', path: string, params?: object, options?: CallOptions): Promise<unknown> {
    if (method !== 'GET' && method !== 'POST') throw invalidInput('method', 'must be GET or POST');
    return this.#gateway.askRaw(endpointFor(method, checkedPath(path)), params, options);
  }

  /** Ends the connections to the gateway. */
  close(): void {
    this.#gateway.close();
  }
}
