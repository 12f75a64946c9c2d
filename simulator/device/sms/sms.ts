import type { Encoding } from './segments';

/**
 * Where an SMS is: waiting, on its way, what the network said of it; STOPPED by stop_sms; LOST by a reboot.
 * UNDELIVERED is known by a delivery status only: query_sms_result has no word for it (manual 3.3).
 */
export type SmsState = 'QUEUED' | 'SENDING' | 'SENT_OK' | 'DELIVERED' | 'UNDELIVERED' | 'FAILED' | 'STOPPED' | 'LOST';

/** One SMS the gateway has accepted. */
export interface SubmittedSms {
  readonly number: string;
  /** The expanded text, as it goes on air. */
  readonly text: string;
  readonly user_id?: number;
  /** The ports asked for; without them it may be every one. */
  readonly port?: number[];
  readonly encoding: Encoding;
  readonly request_status_report: boolean;
  readonly task_id: number;
  /** When it was accepted, milliseconds since 1970. */
  readonly at: number;
  /** Index of its send_sms request among all that were received, from 0. */
  readonly request: number;
  readonly state: SmsState;
  /** Number of segments. */
  readonly count: number;
  /** The port it was sent through. */
  readonly sentPort?: number;
  /** Reference of its first segment. */
  readonly ref_id?: number;
  /** When the port began to send it, and when it was done with it, milliseconds since 1970: between them the port was busy. */
  readonly sentAt?: number;
  readonly endedAt?: number;
  /** When the handset had all of it, milliseconds since 1970. */
  readonly deliveredAt?: number;
}

/** An SMS inside the gateway: the same, and what only the gateway needs. */
export interface Sms extends SubmittedSms {
  state: SmsState;
  sentPort?: number;
  ref_id?: number;
  /** Place in the queue. */
  seq: number;
  /** What the result prints until the SMS has a port of its own. */
  plannedPort: number;
  succ_count: number;
  /** Device time of sending. */
  time: string;
  sentAt?: number;
  endedAt?: number;
  deliveredAt?: number;
  imsi: string;
  /** Segments the handset has confirmed. */
  received: number;
}
