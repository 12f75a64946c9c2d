import type { Clock } from '../../../clock';
import { type Cdr, type CdrQuery, type GatewayClient, GatewayError } from '../../../gateway-api';
import type { Store } from '../../../store';
import type { Pushes } from '../../Pushes';
import type { RequestQueue } from '../../requestQueue/RequestQueue';
import type { Slot } from '../../requestQueue/slot';
import { CdrWatch, type Watching } from './CdrWatch';
import { lengthOf } from './identity';
import { inOrder, MergedAnswers } from './MergedAnswers';
import { parts, queryOf, restOf, type Window, windowOf } from './windows';

type Api = Pick<GatewayClient, 'getCdr' | 'sn'>;
type Ask = (window: Window) => Promise<Cdr[]>;

/** Of one reading: a gateway that doesn't keep to the span it is asked for seems to have more without end. */
export const MOST_READ = { answers: 5000, records: 100_000 };

export interface CallRecordsOptions {
  requests: RequestQueue<Api>;
  store: Store;
  clock: Clock;
  pushes: Pushes;
}

/** Whether it is of these ports; undefined = all. One that doesn't say is of none of them. */
export const isOf = ({ port }: Cdr, ports: readonly number[] | undefined): boolean =>
  ports === undefined || (port !== undefined && ports.includes(port));

/** Where models that cut their answers were seen to do so (field notes), as far as the records without spaces go. */
const ABOUT_8_KB = { from: 6500, to: 9500 };

/** A gateway's call records (manual 12). */
export class CallRecords {
  /** The gateway was seen to refuse `port` (400) and to answer without. */
  private refusesPort = false;
  /** The length of the shortest answer that was seen to be cut; some models end a reply at about 8 KB. */
  private cutAt = Number.POSITIVE_INFINITY;
  /** What each watch still has to write down. */
  private readonly ends = new Map<string, Promise<void>>();

  constructor(private readonly options: CallRecordsOptions) {}

  /** All records that are asked for, the oldest first, in as many requests as that takes. Rejects as the client does. */
  async read({ port, ...times }: CdrQuery, turn: Slot): Promise<Cdr[]> {
    const found = new MergedAnswers();
    let answers = 0;
    await this.gather(windowOf(times), found, async (window) => {
      answers += 1;
      if (answers > MOST_READ.answers || found.all.length > MOST_READ.records) throw endless();
      return this.ask({ port, ...queryOf(window) }, turn);
    });
    // An answer may hold rows outside its filter (manual 3.4), or have none. Not before: a cut answer is known by its length.
    return inOrder(found.all.filter((record) => isOf(record, port)));
  }

  /** Watches for new ones on behalf of a node, from where its last watch ended; answers how to end it. */
  watch(watching: Watching): () => Promise<void> {
    const { store, clock, pushes, requests } = this.options;
    const gateway = {
      read: (query: CdrQuery, signal: AbortSignal) => this.read(query, { kind: 'watch', signal }),
      get sn() {
        return requests.api.sn;
      },
    };
    const watch = new CdrWatch({ ...watching, store, clock, gateway });
    const { key } = watching;
    watch.start(this.ends.get(key) ?? Promise.resolve());
    const deafen = pushes.on('cdr', (records) => watch.pushed(records));
    return () => {
      deafen();
      const end = watch.end();
      this.ends.set(key, end);
      // Whoever comes later reads what was written.
      void end.finally(() => {
        if (this.ends.get(key) === end) this.ends.delete(key);
      });
      return end;
    };
  }

  private async gather(window: Window, found: MergedAnswers, ask: Ask): Promise<void> {
    const answer = await ask(window);
    found.add(answer);
    if (answer.length === 0 || !(await this.isCut(answer, window, found, ask))) return;
    for (const part of parts(window, answer)) await this.gather(part, found, ask);
  }

  private async isCut(answer: readonly Cdr[], window: Window, found: MergedAnswers, ask: Ask): Promise<boolean> {
    const lengths = answer.map(lengthOf);
    const length = lengths.reduce((sum, one) => sum + one, 0);
    // Room for two more of the longest: then it wasn't cut.
    if (this.cutAt !== Number.POSITIVE_INFINITY) return length + 2 * Math.max(...lengths) >= this.cutAt;
    if (await this.goesOn(answer, window, found, ask)) {
      this.cutAt = length;
      return true;
    }
    // Perhaps only late records are missing, and stand elsewhere.
    return length >= ABOUT_8_KB.from && length <= ABOUT_8_KB.to;
  }

  private async goesOn(answer: readonly Cdr[], window: Window, found: MergedAnswers, ask: Ask): Promise<boolean> {
    const rest = restOf(window, answer);
    const more = rest === undefined ? [] : await ask(rest);
    if (found.add(more) === 0) return false;
    // A call may just have ended: then the same answer has it now, too.
    const again = new MergedAnswers();
    again.add(await ask(window));
    return again.add(more) > 0;
  }

  private async ask(query: CdrQuery, turn: Slot): Promise<Cdr[]> {
    const { port, ...others } = query;
    if (port === undefined) return this.request(others, turn);
    if (!this.refusesPort) {
      try {
        return await this.request(query, turn);
      } catch (error) {
        if (!(error instanceof GatewayError && error.code === 'BAD_REQUEST')) throw error;
      }
    }
    const all = await this.request(others, turn);
    this.refusesPort = true;
    return all;
  }

  private async request(query: CdrQuery, turn: Slot): Promise<Cdr[]> {
    const { cdr } = await this.options.requests.run(turn, (api) => api.getCdr(query, { signal: turn.signal }));
    return cdr;
  }
}

const endless = (): GatewayError =>
  new GatewayError(
    'BAD_REPLY',
    `The gateway lists more than ${MOST_READ.records} call records, or never all of them.`,
    'no',
  );
