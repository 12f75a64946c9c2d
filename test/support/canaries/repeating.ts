import type { Behaviour, WireAnswer } from '../wire-server';

const CHALLENGES = {
  Basic: 'Basic realm="echo"',
  Digest: 'Digest realm="echo", nonce="n", qop="auth"',
};

/** How many answers in a row of each kind a gateway gives before the next kind. */
const IN_A_ROW = 12;

/**
 * A gateway that asks for a login and repeats it in everything it answers: as the header came and in clear, in known and unknown
 * fields of records, property names, reason phrases, headers, pages and errors. `sent` gets each Authorization header.
 */
export function repeating(scheme: keyof typeof CHALLENGES, password: string, sent: string[]): Behaviour {
  let count = 0;
  return ({ headers, url }) => {
    const { authorization: told } = headers;
    if (told === undefined) return challenge(scheme, '');
    sent.push(told);
    count += 1;
    const kinds = [records, records, records, refusal, page, challengeWith, redirect];
    const kind = kinds[Math.floor(count / IN_A_ROW) % kinds.length] ?? records;
    return kind({ scheme, told, password, url, count });
  };
}

interface Seen {
  scheme: keyof typeof CHALLENGES;
  told: string;
  password: string;
  url: string;
  /** Of its requests, from 1. */
  count: number;
}

const challenge = (scheme: keyof typeof CHALLENGES, text: string): WireAnswer => ({
  status: 401,
  headers: { 'WWW-Authenticate': CHALLENGES[scheme] },
  text,
});

const challengeWith = ({ scheme, told, password }: Seen): WireAnswer => ({
  ...challenge(scheme, `${told} ${password}`),
  message: told,
});

const refusal = ({ told, password }: Seen): WireAnswer => ({
  status: 500,
  message: told,
  headers: { 'X-Seen': told, Server: told, Date: told, 'Retry-After': told },
  text: JSON.stringify({ error_code: 500, message: told, [told]: password }),
});

const page = ({ told, password }: Seen): WireAnswer => ({
  status: 404,
  text: `<html>${told} ${password} ${encodeURIComponent(password)} ${password.replaceAll('"', '&quot;')}</html>`,
});

const redirect = ({ told, password }: Seen): WireAnswer => ({
  status: 302,
  headers: { Location: `/${encodeURIComponent(told)}?${encodeURIComponent(password)}` },
  text: told,
});

/** One row serves all lists: each reader takes of it what it knows. */
function records({ told, password, url, count }: Seen): WireAnswer {
  const proof = /response="(\w+)"/.exec(told)?.[1] ?? told.slice(6);
  const row = {
    ...{ port: 0, reg: proof, type: told, imei: proof, operator: password, callstate: told, [told]: password },
    ...{
      user_id: Number(/user_id=(\d+)/.exec(url)?.[1] ?? 1),
      number: '123',
      status: proof,
      time: told,
      ref_id: 1,
      count: 1,
      succ_count: 0,
      imsi: told,
    },
    ...{
      incoming_sms_id: count,
      smsc: told,
      timestamp: told,
      text: `${told} ${password}`,
      start_date: told,
      more: [told],
    },
  };
  const lists = Object.fromEntries(['info', 'result', 'sms', 'cdr', 'reply', 'item'].map((name) => [name, [row]]));
  const error_code = url.includes('/send_') ? 202 : 200;
  const answer = {
    error_code,
    task_id: count,
    sn: told,
    in_queue: 0,
    read: 1,
    unread: 0,
    frame_id: 1,
    title: told,
    text: password,
  };
  return {
    text: JSON.stringify({ ...answer, ...lists, login: { told, password, encoded: encodeURIComponent(password) } }),
  };
}
