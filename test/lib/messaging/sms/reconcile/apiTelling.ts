import type { SmsResult } from '../../../../../lib/gateway-api';
import type { Api } from '../../../../../lib/messaging/sms/evidence/probe';

/** What a gateway tells; an error where it can't. */
export interface Told {
  in_queue: number | Error;
  records: SmsResult[] | Error;
  cut?: true;
}

/**
 * A gateway that tells what it is told to.
 * @param onAsked hears the user_ids of each question for records
 */
export const apiTelling = (getTold: () => Told, onAsked: (user_ids: number[]) => void): Api => ({
  querySmsInQueue: async () => {
    const { in_queue } = getTold();
    if (in_queue instanceof Error) throw in_queue;
    return { error_code: 200, in_queue };
  },
  querySmsResult: async (filter) => {
    onAsked(filter?.user_id ?? []);
    const { records, cut } = getTold();
    if (records instanceof Error) throw records;
    return { error_code: 200, result: records, ...(cut && { cut }) };
  },
});
