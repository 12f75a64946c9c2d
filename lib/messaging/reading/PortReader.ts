import { OldestOut } from '../../bounded/OldestOut';
import { type GatewayClient, GatewayError, invalidInput, type PortInfo } from '../../gateway-api';
import { Listeners } from '../Listeners';
import type { RequestQueue } from '../requestQueue/RequestQueue';
import type { Kind } from '../requestQueue/slot';

type Api = Pick<GatewayClient, 'getPortInfo'>;

/** What is asked of which ports; no `ports` means all. */
export interface PortQuestion {
  ports?: number[];
  /** Info types (manual 10.2), `smsc` for the message centre, and those of later firmware. At least one. */
  info: string[];
}

/** What the gateway told, in its order, and the info types that it doesn't know. */
export interface PortsRead {
  ports: PortInfo[];
  left_out: string[];
}

/** The message centre is asked for as the manual's example does (10.4), else by the name its answer uses. */
const WORDS: Readonly<Record<string, readonly string[]>> = { smsc: ['smcsc', 'smsc'] };
/** Every gateway tells this, so a request for it shows whether an info type is what was refused. */
const SURELY_KNOWN = 'reg';
/** Info types of one question, and how long each may be; and those that are known to be refused: messages may name any. */
const MOST_TYPES = 64;
const LONGEST_TYPE = 64;
const MOST_REFUSED = 10 * MOST_TYPES;

/** An info type by the name its answer has; throws `INVALID_INPUT` for what is no word. */
export function infoTypes(given: readonly string[]): string[] {
  const types = given.map((type) => type.trim()).filter((type) => type !== '');
  const odd = types.find((type) => !/^\w+$/.test(type));
  if (odd !== undefined) throw invalidInput('info', `must be words such as reg and signal, not "${odd}"`);
  if (types.length > MOST_TYPES || types.some(({ length }) => length > LONGEST_TYPE))
    throw invalidInput('info', `must be at most ${MOST_TYPES} words, each at most ${LONGEST_TYPE} characters long`);
  return [...new Set(types.map((type) => (/^(smc|sms_c|smcsc)$/.test(type) ? 'smsc' : type)))];
}

/**
 * Asks one gateway about its ports. An info type that it refuses with 400 is found out, and left out from then on for
 * whoever asks (contract, port info).
 */
export class PortReader {
  private readonly refused = new OldestOut<string, true>(MOST_REFUSED);

  /** Told of every answer. */
  readonly answers = new Listeners<readonly PortInfo[]>();

  constructor(private readonly requests: RequestQueue<Api>) {}

  /**
   * Equal questions that wait share one answer; each asker gets records of its own.
   * Rejects as `getPortInfo` does, and with `BAD_REQUEST` when the gateway knows none of the info types.
   */
  async read({ ports, info }: PortQuestion, turn: { kind: Kind; signal?: AbortSignal }): Promise<PortsRead> {
    const share = JSON.stringify(['port info', ports ?? 'all', [...info].sort()]);
    const told = await this.requests.run({ ...turn, share }, (api, signal) => {
      const request = async (words: string[]): Promise<PortInfo[]> =>
        (await api.getPortInfo({ port: ports, info_type: words }, { signal })).info;
      return this.ask(request, info);
    });
    this.answers.tell(told);
    return { ports: structuredClone(told), left_out: info.filter((type) => this.wordFor(type) === undefined) };
  }

  private async ask(request: Request, info: readonly string[]): Promise<PortInfo[]> {
    const words = this.wordsFor(info);
    if (words.length === 0) throw unknownTypes(info);
    try {
      return await request(words);
    } catch (error) {
      if (!isRefusal(error) || isSurelyKnown(words)) throw error;
      return this.findOut(request, info, error);
    }
  }

  // What the gateway refuses may be something else: a port that it doesn't have, say. Then the first request fails as well.
  private async findOut(request: Request, info: readonly string[], refusal: Error): Promise<PortInfo[]> {
    await request([SURELY_KNOWN]);
    const found: PortInfo[][] = [];
    for (let words = this.wordsFor(info); words.length > 0; words = this.otherWords(info, words)) {
      found.push(...(await this.piecewise(request, words)));
    }
    if (found.length === 0) throw refusal;
    return merged(found);
  }

  /** The answers to the words that aren't refused; the refused ones are found by halving. */
  private async piecewise(request: Request, words: readonly string[]): Promise<PortInfo[][]> {
    const [word] = words;
    try {
      return [await request([...words])];
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (word !== undefined && words.length === 1) {
        this.refused.set(word, true);
        return [];
      }
      const half = Math.ceil(words.length / 2);
      const first = await this.piecewise(request, words.slice(0, half));
      return [...first, ...(await this.piecewise(request, words.slice(half)))];
    }
  }

  /** Other names for what was refused just now. */
  private otherWords(info: readonly string[], asked: readonly string[]): string[] {
    const hadOthers = info.filter((type) =>
      WORDS[type]?.some((word) => asked.includes(word) && this.refused.has(word)),
    );
    return this.wordsFor(hadOthers);
  }

  private wordsFor(info: readonly string[]): string[] {
    return info.flatMap((type) => this.wordFor(type) ?? []);
  }

  private wordFor(type: string): string | undefined {
    return (WORDS[type] ?? [type]).find((word) => !this.refused.has(word));
  }
}

const isSurelyKnown = (words: readonly string[]): boolean => words.every((word) => word === SURELY_KNOWN);

type Request = (words: string[]) => Promise<PortInfo[]>;

const isRefusal = (error: unknown): error is GatewayError =>
  error instanceof GatewayError && error.code === 'BAD_REQUEST';

function merged(answers: readonly PortInfo[][]): PortInfo[] {
  const ports = new Map<number, PortInfo>();
  for (const info of answers.flat()) ports.set(info.port, { ...ports.get(info.port), ...info });
  return [...ports.values()];
}

const unknownTypes = (info: readonly string[]): GatewayError =>
  new GatewayError('BAD_REQUEST', `The gateway knows none of the info types ${info.join(', ')}.`, 'refused', {
    error_code: 400,
    field: 'info',
  });
