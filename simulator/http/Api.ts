import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Gateway } from '../device/Gateway';
import { type Answer, type ApiRequest, answerRequest, page, refused } from './answer';
import type { Fault, Faults } from './Faults';
import { loginPage } from './html';
import { kindOf, type Login, type LoginKind } from './Login';
import { readBody } from './readBody';

/** A request as it is remembered: no secrets, no texts. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The query exactly as sent, with its question mark; '' when there was none. */
  readonly query: string;
  readonly at: number;
  /** The HTTP status answered; 0: none, the connection was cut or left hanging. */
  status: number;
  readonly authorization: LoginKind;
}

const remembered = 100_000;

/** The HTTP side of the API: remembers, delays, asks for the login, lets faults happen, answers. */
export class Api {
  readonly requests: RequestRecord[] = [];

  constructor(
    private readonly gateway: Gateway,
    private readonly login: Login,
    private readonly faults: Faults,
  ) {}

  /** Handles one request to the API. */
  async handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const record = this.remember(request, url);
    const body = await readBody(request);
    const { latency, dropsEmptyPost } = this.gateway.world.settings;
    if (body === undefined) return void response.destroy();
    if (latency > 0) await this.wait(latency);
    // A request that was on its way when the power went is lost.
    if (!this.gateway.world.running) return void response.destroy();
    if (dropsEmptyPost && request.method === 'POST' && body === '' && record.authorization === 'none') {
      return void response.destroy();
    }
    const answer = (given: Answer, headers: Record<string, string> = {}) => {
      record.status = given.status;
      write(response, given, { ...this.dateHeader(), ...headers });
    };
    const challenge = this.challengeFor(request, url);
    if (challenge !== undefined) {
      const denied = page(401, 'Unauthorized', 'Access to this document requires a User ID');
      return answer(denied, { 'WWW-Authenticate': challenge });
    }
    const asked = { method: record.method, path: record.path, query: url.searchParams, body };
    const fault = this.faults.next(record.path);
    if (fault) await this.misbehave(fault, asked, response, answer);
    else answer(answerRequest(this.gateway, asked));
  }

  private remember(request: IncomingMessage, url: URL): RequestRecord {
    const record: RequestRecord = {
      method: request.method ?? '',
      path: url.pathname,
      query: /^[^?]*(\?.*)/s.exec(request.url ?? '')?.[1] ?? '',
      at: this.gateway.world.settings.now(),
      status: 0,
      authorization: kindOf(request.headers.authorization),
    };
    this.requests.push(record);
    if (this.requests.length > remembered * 1.1) this.requests.splice(0, this.requests.length - remembered);
    return record;
  }

  // By the device's clock; some firmware has none in its answers.
  private dateHeader(): Record<string, string> {
    const { settings, ahead } = this.gateway.world;
    return settings.datesAnswers ? { Date: new Date(settings.now() + ahead.device).toUTCString() } : {};
  }

  private challengeFor(request: IncomingMessage, url: URL): string | undefined {
    const challenge = this.login.check(request.headers.authorization, request.method ?? '', request.url ?? '');
    if (challenge !== undefined) return challenge;
    const lastParameter = url.search.split('&').at(-1) ?? '';
    // A bug seen in the field: a raw comma in the last parameter spoils the login.
    if (this.gateway.world.settings.refusesRawComma && lastParameter.includes(',')) return this.login.challenge();
    return undefined;
  }

  private async misbehave(
    { fault, ms }: Fault,
    asked: ApiRequest,
    response: ServerResponse,
    answer: (given: Answer, headers?: Record<string, string>) => void,
  ): Promise<void> {
    switch (fault) {
      case 'slow':
        await this.wait(ms ?? 1000);
        return answer(answerRequest(this.gateway, asked));
      case 'dropAfter':
        answerRequest(this.gateway, asked);
        return void response.destroy();
      case 'hangAfter':
        return void answerRequest(this.gateway, asked);
      case 'truncate':
        return truncate(response, answerRequest(this.gateway, asked));
      case 'html':
        return answer({ status: 200, message: 'OK', type: 'text/html', body: loginPage });
      case 'http404':
        return answer(page(404, 'Not Found', 'Cannot open URL'));
      case 'redirect':
        return answer(page(302, 'Redirect', 'Moved'), { Location: `https://127.0.0.1${asked.path}` });
      case 'error500':
      case 'fullQueue':
        return answer(refused(this.gateway, 500));
      case 'noPort550':
        return answer(refused(this.gateway, 550));
      case 'badRequest400':
        return answer(refused(this.gateway, 400));
      case 'hang':
        return;
      default:
        return void response.destroy();
    }
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.gateway.world.air.after(ms, resolve);
    });
  }
}

function write(response: ServerResponse, answer: Answer, headers: Record<string, string>): void {
  if (response.destroyed) return;
  response.sendDate = false;
  const length = Buffer.byteLength(answer.body);
  response.writeHead(answer.status, answer.message, {
    'Content-Type': answer.type,
    'Content-Length': length,
    ...headers,
  });
  response.end(answer.body);
}

/** Half of an answer, and the end: nothing tells the client how much is missing. */
function truncate(response: ServerResponse, answer: Answer): void {
  const half = answer.body.slice(0, Math.ceil(answer.body.length / 2));
  const head = `HTTP/1.1 ${answer.status} ${answer.message}\r\nContent-Type: ${answer.type}\r\nConnection: close\r\n\r\n`;
  response.socket?.end(head + half);
}
