import type { SmsChange, StoredSms, Taking } from '../../lib/store';

/** What is taken together. */
export interface Load {
  takings(count: number): Taking[];
}

let inputs = 0;
let user_id = 2 ** 30 + Math.floor(Math.random() * 2 ** 29);

/** An input as `send sms` takes it, with so many SMS. */
export function taking(count: number, gateway = 'g1'): Taking {
  const now = Date.now();
  return {
    input: {
      id: `${(++inputs).toString(16).padStart(8, '0')}-5f3a-4c1e-${process.pid}`,
      gateway,
      node: 'b6a1f0c2d3e4f5a6',
      taken_at: now,
      until: 'sent',
      wait_until: now + 300_000,
      on_timeout: 'keep',
      duplicates: 0,
      msg: '{"_msgid":"a1b2c3d4e5f60718","topic":"pump 3","payload":"Pressure in pump 3 is below 2 bar"}',
    },
    sms: Array.from({ length: count }, () => ({
      user_id: ++user_id,
      number: `+4917${10_000_000 + (user_id % 89_999_999)}`,
      text: `Pressure in pump 3 is below 2 bar (${inputs})`,
      encoding: 'gsm-7bit',
      request_status_report: true,
      priority: 'normal',
      expires_at: now + 86_400_000,
    })),
    usedSince: { user_id: now - 7 * 86_400_000, key: now - 86_400_000 },
  };
}

export const accepted = (batch: StoredSms[]): SmsChange[] =>
  batch.map(({ id, history }) => ({
    id,
    stage: 'gateway',
    status: 'ACCEPTED',
    task_id: 8,
    history: [...history, { status: 'ACCEPTED', at: Date.now(), by: 'answer' }],
    poll_at: Date.now() + 5000,
    polls: 0,
  }));

/** On air, as a push or a poll says it. */
export const sent = (batch: StoredSms[]): SmsChange[] =>
  batch.map(({ id, history }) => ({
    id,
    stage: 'sent',
    status: 'SENT_OK',
    port: 3,
    ref_id: id % 256,
    count: 1,
    history: [...history, { status: 'SENT_OK', at: Date.now(), by: 'push' }],
    poll_at: Date.now() + 60_000,
  }));

export const final = (batch: StoredSms[]): SmsChange[] =>
  batch.map(({ id, history }) => ({
    id,
    stage: 'done',
    status: 'DELIVERED',
    port: 3,
    ref_id: id % 256,
    count: 1,
    succ_count: 1,
    time: '2026-01-01 12:00:00',
    time_iso: '2026-01-01T11:00:00.000Z',
    status_code: 0,
    reports: { [id % 256]: 0 },
    history: [...history, { status: 'DELIVERED', at: Date.now(), by: 'push' }],
  }));
