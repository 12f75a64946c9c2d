import type { Stage, Store, StoredSms } from '../../store';

export interface InGatewayOptions {
  store: Pick<Store, 'find'>;
  /** The config nodes whose SMS go through this queue. */
  members: ReadonlySet<string>;
}

/** SMS that are read at a time. */
const SMS_PER_PAGE = 1000;
/** The stages of what may have left, and hasn't been sent as far as is known. */
export const UNSENT: readonly Stage[] = ['submitting', 'doubt', 'gateway'];

/** SMS that are in the gateway, or may be, and haven't been sent as far as is known. */
export async function inGateway({ store, members }: InGatewayOptions): Promise<StoredSms[]> {
  const all: StoredSms[] = [];
  for (const stage of UNSENT) {
    for (let after = 0; ; after = all.at(-1)?.id ?? 0) {
      const page = await store.find([...members], { stage, after, limit: SMS_PER_PAGE });
      all.push(...page);
      if (page.length < SMS_PER_PAGE) break;
    }
  }
  return all;
}
