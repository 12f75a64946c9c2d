import type {
  InputRecord,
  NewSms,
  SmsChange,
  SmsState,
  Store,
  StoredSms,
  Taking,
  WaitingQuery,
} from '../../../../lib/store';

let lastUserId = 0;

/** An SMS to take, with a user_id of its own. */
export const newSms = (fields: Partial<NewSms> = {}): NewSms => ({
  user_id: ++lastUserId,
  number: '+491701234567',
  text: 'Hello',
  encoding: 'gsm-7bit',
  request_status_report: true,
  priority: 'normal',
  expires_at: 0,
  ...fields,
});

/** An input of gateway `g1`, taken at 1000, with an SMS for each of `sms`. */
export const taking = (
  id: string,
  sms: Partial<NewSms>[],
  input: Partial<InputRecord> = {},
  usedSince = { user_id: 0, key: 0 },
): Taking => ({
  input: {
    id,
    gateway: 'g1',
    node: 'n1',
    taken_at: 1000,
    until: 'sent',
    wait_until: 0,
    on_timeout: 'keep',
    duplicates: 0,
    msg: '{}',
    ...input,
  },
  sms: sms.map(newSms),
  usedSince,
});

/** Takes an SMS for each of `sms` as one input; resolves with them as stored. */
export async function take(
  store: Store,
  id: string,
  sms: Partial<NewSms>[],
  input?: Partial<InputRecord>,
): Promise<StoredSms[]> {
  const [taken] = await store.take([taking(id, sms, input)]);
  if (!taken?.taken) throw new Error(`${id} was not taken`);
  return taken.sms;
}

/** Takes one SMS in a stage. */
export async function takeIn(
  store: Store,
  id: string,
  state: Partial<SmsState>,
  sms: Partial<NewSms> = {},
  input?: Partial<InputRecord>,
): Promise<StoredSms> {
  const [taken] = await take(store, id, [sms], input);
  const [changed] = await store.change([{ id: taken?.id ?? 0, ...state }]);
  if (!changed) throw new Error(`${id} was not changed`);
  return changed;
}

export const query = (fields: Partial<WaitingQuery> = {}): WaitingQuery => ({
  gateways: ['g1'],
  limit: 100,
  now: 1000,
  closedPortSets: new Set(),
  ...fields,
});

export const idsOf = (sms: { id: number }[]): number[] => sms.map(({ id }) => id);

/** The same change for all of these. */
export const changeAll = (sms: { id: number }[], state: Partial<SmsState>): SmsChange[] =>
  sms.map(({ id }) => ({ id, ...state }));

/** The texts of what waits, in the order it would leave. */
export const waitingTexts = async (store: Store, fields?: Partial<WaitingQuery>): Promise<string[]> =>
  (await store.waiting(query(fields))).map(({ text }) => text);
