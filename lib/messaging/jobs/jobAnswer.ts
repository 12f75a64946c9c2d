import type { JobCommand, SmsStatus, StoredSms } from '../../store';

/** An SMS that had left this machine when a command came, and isn't final. */
export interface LeftSms {
  number: string;
  user_id: number;
  /** `SENDING` also while the answer to its request is awaited. */
  status: SmsStatus;
}

/** What a command answers (contract, dinstar-send-sms). */
export interface JobAnswer {
  action: JobCommand;
  jobs: string[];
  /** How many wait here; `held` of them may not leave now. */
  waiting: number;
  held: number;
  /** How many were withdrawn here, or dropped by the gateway. */
  stopped: number;
  left: LeftSms[];
  /** When the first of those that wait expires. */
  expires_iso: string | null;
}

/** What a command's answer says of an SMS that has left. */
export const leftOf = ({ number, user_id, stage, status }: StoredSms): LeftSms => ({
  number,
  user_id,
  status: stage === 'submitting' || stage === 'doubt' ? 'SENDING' : status,
});
