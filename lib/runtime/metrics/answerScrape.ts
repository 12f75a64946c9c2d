import { type AllowList, allows, sourceAddress } from '../../push';
import { sameToken } from '../push/token';
import type { HttpRequest } from '../red';

/** Who may read. */
export interface ScrapeRules {
  /** Undefined = none. */
  token: string | undefined;
  allow: AllowList;
  trustProxy: AllowList;
}

/** What there is to be read, each at a path of its own. */
export interface ScrapePages {
  metrics: () => Promise<{ text: string; type: string }>;
  health: () => { ok: boolean };
  isReady: () => Promise<boolean>;
}

export interface ScrapeAnswer {
  status: number;
  text: string;
  type?: string;
}

const NOT_FOUND: ScrapeAnswer = { status: 404, text: 'Not found.' };
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * Answers `<token>/metrics` or, with the token as a bearer, `metrics`; `health` and `ready` in the same way (contract,
 * dinstar-metrics). @param rest what the URL has after the node's path
 */
export async function answerScrape(
  request: Pick<HttpRequest, 'headers' | 'socket'>,
  rest: string,
  rules: ScrapeRules,
  pages: ScrapePages,
): Promise<ScrapeAnswer> {
  const parts = rest.split('/').filter((part) => part !== '');
  const page = parts.pop();
  const [inPath, ...more] = parts;
  const token = inPath ?? bearerOf(request.headers.authorization);
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  const address = sourceAddress(request.socket.remoteAddress ?? '', forwarded || undefined, rules.trustProxy);
  if (more.length > 0 || !allows(rules.allow, address) || !mayRead(token, rules.token)) return NOT_FOUND;
  switch (page) {
    case 'metrics':
      return { status: 200, ...(await pages.metrics()) };
    case 'health': {
      const health = pages.health();
      return { status: health.ok ? 200 : 503, text: JSON.stringify(health), type: JSON_TYPE };
    }
    case 'ready':
      return (await pages.isReady()) ? { status: 200, text: 'ready' } : { status: 503, text: 'not ready' };
    default:
      return NOT_FOUND;
  }
}

// A bearer where none is needed does no harm.
const mayRead = (given: string | undefined, own: string | undefined): boolean =>
  own === undefined || sameToken(given, own);

const bearerOf = (header: string | string[] | undefined): string | undefined =>
  /^Bearer +(\S+)$/i.exec([header ?? ''].flat()[0] ?? '')?.[1];
