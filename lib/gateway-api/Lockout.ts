import { readHttpDate } from './httpDate';
import type { WireAnswer } from './wire';

/** How an answer says that this machine, or this login, is kept out. */
export type ShutOut = 'forbidden' | 'throttled';

const MOST_PATHS = 64;
/** Refusals in a row, of whatever was asked, that are no matter of one endpoint. */
const REFUSALS_IN_A_ROW = 2;

/**
 * Tells a ban from an endpoint that a login may not use. Firmware that bans an address or a login answers everything with 403,
 * with a page or a sentence in JSON that says so, or with a code of its own, also after logins that worked; a single refused endpoint is no ban.
 */
export class Lockout {
  /** What has been let in so far. */
  readonly #worked = new Set<string>();
  #refusals = 0;

  /**
   * Whether `answer` to a request for `path` means that everything is shut.
   * @param isFirst nothing was let in by this login yet
   */
  judge(path: string, answer: WireAnswer, isFirst: boolean): ShutOut | undefined {
    const refusal = refusalBy(answer);
    if (refusal === undefined) {
      this.#refusals = 0;
      if (this.#worked.size < MOST_PATHS) this.#worked.add(path);
      return undefined;
    }
    this.#refusals += 1;
    if (refusal === 'by code') return this.#refusals >= REFUSALS_IN_A_ROW ? 'forbidden' : undefined;
    const isEverything =
      isFirst || refusal !== 'forbidden' || this.#worked.has(path) || this.#refusals >= REFUSALS_IN_A_ROW;
    return isEverything ? shutOutBy(refusal) : undefined;
  }
}

/** Whether an answer to a request without a login already says so. */
export function isShut(answer: WireAnswer): ShutOut | undefined {
  const refusal = refusalBy(answer);
  return refusal === undefined || refusal === 'by code' ? undefined : shutOutBy(refusal);
}

/**
 * How long the gateway wants to be left alone, in ms; undefined where it doesn't say. A moment that it names counts by its own
 * clock, where its answer tells that (RFC 9110, 10.2.3).
 * @param now our wall clock, in ms since 1970
 */
export function retryAfter({ headers }: WireAnswer, now: number): number | undefined {
  const told = headers['retry-after'];
  const seconds = /^\s*(\d{1,6})\s*$/.exec(told ?? '')?.[1];
  if (seconds !== undefined) return Number(seconds) * 1000;
  const until = readHttpDate(told);
  return until === undefined ? undefined : Math.max(until - (readHttpDate(headers.date) ?? now), 0);
}

type Refusal = ShutOut | 'by a page' | 'by code';

const shutOutBy = (refusal: Refusal): ShutOut => (refusal === 'throttled' ? refusal : 'forbidden');

/** A page, or a short text that is no JSON or a string of it. */
const PAGE = /^\s*(?:<|[^\s{[<][\s\S]{0,200}$)/;
const SAYS_SO = /forbid|banned|blocked|locked|too many (login|attempt|request)|try again later/i;
const CODE = /"\s*error[_ ]code\s*"\s*:\s*"?(401|403|429)\b/i;
/** Characters in which it would stand. */
const CHARACTERS_LOOKED_AT = 4096;

/** What an object of JSON says besides its code: no list and no object, in which a text of somebody else might stand. */
const SHORT_OBJECT = /^\s*\{[^{}[\]]{0,400}\}\s*$/;
const DONE = /"\s*error[_ ]code\s*"\s*:\s*"?2\d\d\b/i;
/** Narrower than for a page: a port that is blocked, or a SIM that is locked, is no ban, and whoever is busy says "later", too. */
const SENTENCE =
  /"[^"]{0,20}(?:err|msg|message|reason|desc|detail)[^"]{0,20}"\s*:\s*"[^"]{0,200}(?:forbid(?:den)? to (?:try|log)|too many (?:failed |wrong )?(?:login|attempt|request)|\bbanned\b|\b(?:ip|address|account|user|client)\b[^".]{0,20}\b(?:b?locked|disabled))/i;

function refusalBy(answer: WireAnswer): Refusal | undefined {
  const { status, text } = answer;
  if (status === 429) return 'throttled';
  if (status === 403) return 'forbidden';
  if (status === 401) return undefined;
  const head = text.slice(0, CHARACTERS_LOOKED_AT);
  if (PAGE.test(head) && SAYS_SO.test(head)) return 'by a page';
  if (SHORT_OBJECT.test(head) && !DONE.test(head) && SENTENCE.test(head)) return 'by a page';
  const code = CODE.exec(head)?.[1];
  if (code === '429') return 'throttled';
  if (code !== undefined) return 'by code';
  // Without a time it is the gateway's own trouble.
  return status === 503 && retryAfter(answer, 0) !== undefined ? 'throttled' : undefined;
}
