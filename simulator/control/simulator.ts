import type { Call, Cdr } from '../device/CallRecords';
import type { RebootOptions } from '../device/Gateway';
import type { GsmPort } from '../device/GsmPort';
import type { PushFaults } from '../device/Pusher';
import type { SubmittedSms } from '../device/sms/sms';
import type { UssdRequest } from '../device/UssdService';
import type { RequestRecord } from '../http/Api';
import type { Fault } from '../http/Faults';
import type { Logins } from '../http/Login';
import type { Operator } from '../network/operator/Operator';
import type { Speed } from '../network/pace';

/** A simulated gateway that runs in this process. */
export interface Simulator {
  /** Where it listens: http(s)://127.0.0.1:PORT. */
  readonly url: string;
  readonly sn: string;
  /** Every HTTP request to the API, oldest first: the newest 100,000. */
  readonly requests: readonly RequestRecord[];
  /** Every SMS the gateway accepted, oldest first: the newest 100,000. Their state changes in place. */
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
  /** Whose network the cards are in: its rules, and the log of cards that broke them. */
  readonly operator: Operator;
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
  /** From now on things take as long as on a real gateway, or milliseconds. */
  setSpeed(speed: Speed): void;
  /** Sets the device's clock, the network's, or both: seconds ahead of the right time. */
  setClocks(ahead: { device?: number; network?: number }): void;
  /** Ends the server, all connections and timers. */
  close(): Promise<void>;
}
