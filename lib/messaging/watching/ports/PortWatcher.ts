import type { Clock, Timer } from '../../../clock';
import { whenAborted } from '../../../concurrency';
import { GatewayError, isPort, type PortInfo, type RegisterEvent } from '../../../gateway-api';
import type { Flows } from '../../Flows';
import type { Pushes } from '../../Pushes';
import type { PortQuestion, PortReader, PortsRead } from '../../reading/PortReader';
import { changedFields, passedThrough, unseen } from './changes';
import { type Notes, PortMemory } from './PortMemory';

/** A port that isn't as it was told last. */
export interface PortChange {
  payload: PortInfo;
  /** The fields that changed. */
  changed: string[];
  previous: PortInfo;
}

export interface PortWatcherOptions {
  reader: Pick<PortReader, 'read'>;
  pushes: Pick<Pushes, 'on'>;
  clock: Clock;
  notes: Notes;
  /** The key under which the notes keep what was told. */
  key: string;
  question: PortQuestion;
  /** Between two looks, in ms. */
  interval: number;
  /** The smallest change of signal that counts. */
  signalStep: number;
  flows: Flows;
  onChange: (change: PortChange) => void;
  /** A look was answered. */
  onLook: (read: PortsRead) => void;
  onError: (error: unknown) => void;
}

/** How long pushes are collected before the ports are looked at, in ms: a gateway that comes up pushes one for each port. */
const PUSH_COLLECTION_MS = 100;
/** Between two looks that pushes lead to, in ms. */
const LOOK_SPACING_MS = 1000;
/** How long a push waits for the look that says more, in ms; then it is told by itself. */
const PUSH_WAIT_MS = 2000;
/** Pushed events that wait for a look; of more the newest count. */
const MOST_HEARD = 1000;

/** Looks at a gateway's ports now and then and when it pushes that one registered or dropped out; tells what changed. */
export class PortWatcher {
  private readonly memory: PortMemory;
  private readonly leaving = new AbortController();
  private readonly left: Promise<void>;
  private readonly unsubscribe: () => void;
  private heard: RegisterEvent[] = [];
  private timer: Timer | undefined;
  /** When pushes last led to a look. */
  private hurried = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | undefined;

  constructor(private readonly options: PortWatcherOptions) {
    this.memory = new PortMemory(options.notes, options.key, options.question);
    this.left = new Promise((resolve) => {
      whenAborted(this.leaving.signal, resolve);
    });
    this.unsubscribe = options.pushes.on('register', (events) => this.hear(events));
    this.plan(0);
  }

  /** Looks no more and tells no more; resolves when what was told is noted. */
  async stop(): Promise<void> {
    this.leaving.abort();
    this.timer?.cancel();
    this.unsubscribe();
    await this.looking;
  }

  private hear(events: readonly RegisterEvent[]): void {
    const { ports } = this.options.question;
    const ours = events.filter(({ port }) => isPort(port) && (ports?.includes(port) ?? true));
    if (ours.length === 0) return;
    this.heard = [...this.heard, ...ours].slice(-MOST_HEARD);
    if (!this.looking) this.planSoon();
  }

  private planSoon(): void {
    this.plan(Math.max(PUSH_COLLECTION_MS, this.hurried + LOOK_SPACING_MS - this.options.clock.monotonic()));
  }

  private plan(ms: number): void {
    this.timer?.cancel();
    if (this.leaving.signal.aborted) return;
    this.timer = this.options.clock.after(ms, () => {
      this.looking = this.look().then(() => {
        this.looking = undefined;
        if (this.heard.length > 0) this.planSoon();
        else this.plan(this.options.interval);
      });
    });
  }

  private async look(): Promise<void> {
    const { reader, question, clock, onError: failed } = this.options;
    const { signal } = this.leaving;
    // What is pushed from now on may have happened after the answer.
    const heard = this.heard.splice(0);
    if (heard.length > 0) this.hurried = clock.monotonic();
    const impatience = clock.after(PUSH_WAIT_MS, () => void this.ready().then(() => this.tellHeard(heard.splice(0))));
    try {
      await this.memory.recall();
      const read = await reader.read(question, { kind: heard.length > 0 ? 'command' : 'watch', signal });
      await this.ready();
      if (!signal.aborted) this.compare(read, heard.splice(0));
    } catch (error) {
      await this.ready();
      this.tellHeard(heard.splice(0));
      if (!signal.aborted) failed(error);
    } finally {
      impatience.cancel();
    }
    await this.options.flows.untilHandedOn();
    await this.memory.keep();
  }

  // A deploy begins new nodes only when the old ones have ended.
  private ready(): Promise<void> {
    return Promise.race([this.options.flows.untilReady(), this.left]);
  }

  private compare(read: PortsRead, heard: readonly RegisterEvent[]): void {
    if (read.ports.length === 0) throw new GatewayError('BAD_REPLY', 'The gateway tells of none of these ports.', 'no');
    const known = this.memory.ports;
    const fields = this.options.question.info.filter((type) => !read.left_out.includes(type));
    // An answer may name any port, and each would be remembered.
    const seen = new Map(read.ports.filter(({ port }) => isPort(port)).map((info) => [info.port, info]));
    const numbers = new Set([...(known?.keys() ?? []), ...seen.keys()]);
    for (const port of [...numbers].sort((one, other) => one - other)) {
      const now = seen.get(port) ?? { port };
      // Nothing was ever seen: what there is now is where changes begin.
      if (known === undefined) this.memory.set(now);
      else this.tellPort(now, fields, heard);
    }
    this.options.onLook(read);
  }

  private tellPort(now: PortInfo, fields: readonly string[], heard: readonly RegisterEvent[]): void {
    const before = this.lastOf(now.port);
    const events = fields.includes('reg') ? heard.filter(({ port }) => port === now.port) : [];
    for (const state of unseen(passedThrough(before, events), now)) this.tell(state, ['reg']);
    this.tell(now, fields);
  }

  /** Without a look: all that is known is what was pushed. */
  private tellHeard(heard: readonly RegisterEvent[]): void {
    if (this.leaving.signal.aborted || !this.options.question.info.includes('reg')) return;
    for (const port of new Set(heard.map((event) => event.port))) {
      if (this.memory.ports?.get(port)?.reg === undefined) continue;
      const events = heard.filter((event) => event.port === port);
      for (const state of passedThrough(this.lastOf(port), events)) this.tell(state, ['reg']);
    }
  }

  private tell(now: PortInfo, fields: readonly string[]): void {
    const previous = this.lastOf(now.port);
    const changed = changedFields(previous, now, fields, this.options.signalStep);
    if (changed.length === 0) return;
    // The flow may do with its message what it likes.
    const change = structuredClone({ payload: now, changed, previous });
    this.memory.set(now);
    this.options.onChange(change);
  }

  private lastOf(port: number): PortInfo {
    return this.memory.ports?.get(port) ?? { port };
  }
}
