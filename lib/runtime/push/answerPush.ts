import type { Clock } from '../../clock';
import { type AllowList, allows, PushError, sourceAddress } from '../../push';
import { type PushRequest, readBody } from './body';
import type { PushRouter, RoutedPush } from './PushRouter';
import { sameToken } from './token';

/** What a receiver's settings say of who may push what. */
export interface ReceiverRules {
  /** Undefined = none. */
  token: string | undefined;
  allow: AllowList;
  trustProxy: AllowList;
  /** Bytes. */
  limit: number;
  /** The gateway node that all pushes belong to; undefined = it is found out. */
  fixed: string | undefined;
}

/** What answers a push. */
interface PushRuntime {
  pushRouter: PushRouter;
  clock: Clock;
  /** Runs the work on a push that was read when it is its turn. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/** How a push is answered, and what it brought where that is 200. */
export interface PushAnswer {
  status: 200 | 400 | 404 | 413 | 503;
  text: string;
  routed?: RoutedPush;
  /** Where it came from. */
  address?: string;
  /** The connection ends with the answer: the push's sender takes too long. */
  hangsUp?: boolean;
}

/** Answers a push (contract, push receiver). Never rejects, and repeats nothing of the body. */
export async function answerPush(
  request: PushRequest,
  token: string | undefined,
  rules: ReceiverRules,
  runtime: PushRuntime,
): Promise<PushAnswer> {
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const address = sourceAddress(request.socket.remoteAddress ?? '', forwarded || undefined, rules.trustProxy);
  return { ...(await answerFrom(address, request, token, rules, runtime)), address };
}

async function answerFrom(
  address: string,
  request: PushRequest,
  token: string | undefined,
  rules: ReceiverRules,
  { pushRouter, clock, inTurn }: PushRuntime,
): Promise<PushAnswer> {
  if (!sameToken(token, rules.token) || !allows(rules.allow, address)) return turnedAway(request, NOT_FOUND);
  const body = await readBody(request, rules.limit, clock);
  if (body === 'too large') return turnedAway(request, TOO_LARGE);
  if (body === 'mangled') return { status: 400, text: MANGLED };
  if (body === 'cut short') return { status: 400, text: 'The body ended early.', hangsUp: true };
  try {
    const routed = await inTurn(() => pushRouter.take(body.content, { address, fixed: rules.fixed }));
    return { status: 200, text: 'OK', routed };
  } catch (error) {
    if (error instanceof PushError) return { status: error.code === 'TOO_MANY' ? 413 : 400, text: error.message };
    return { status: 503, text: 'It could not be kept.' };
  }
}

const MANGLED =
  'A form (application/x-www-form-urlencoded) is taken apart before it gets here: send application/json, or to a port of its own.';
const NOT_FOUND: PushAnswer = { status: 404, text: 'Not found.' };
const TOO_LARGE: PushAnswer = { status: 413, text: 'Too large.' };
/** To more pushes than may be under way. */
export const TOO_MANY: PushAnswer = { status: 503, text: 'Too many at once.', hangsUp: true };

// What is not read to its end would keep the connection busy.
function turnedAway(request: PushRequest, answer: PushAnswer): PushAnswer {
  request.resume();
  return answer;
}
