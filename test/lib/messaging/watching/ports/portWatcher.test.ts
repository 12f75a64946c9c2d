import should from 'should';
import { GatewayError, type PortInfo, type RegisterEvent } from '../../../../../lib/gateway-api';
import { Pushes } from '../../../../../lib/messaging/Pushes';
import type { PortQuestion } from '../../../../../lib/messaging/reading/PortReader';
import { type PortChange, PortWatcher } from '../../../../../lib/messaging/watching/ports/PortWatcher';
import { FakeClock, settled } from '../../../../support/FakeClock';

const QUESTION: PortQuestion = { info: ['reg', 'iccid', 'signal'] };
const INTERVAL = 30_000;

const port = (number: number, fields: object = {}): PortInfo => ({
  ...{ port: number, reg: 'REGISTER_OK', iccid: '1', signal: 20, ...fields },
});
const event = (number: number, status: 'up' | 'down'): RegisterEvent => ({
  ...{ port: number, status, iccid: '', imsi: '', number: '' },
});

/** A watcher on a gateway whose ports and moods the test sets. */
class Watched {
  readonly clock = new FakeClock();
  readonly pushes = new Pushes();
  readonly notes = new Map<string, string>();
  ports = [port(0), port(1)];
  left_out: string[] = [];
  failure: Error | undefined;
  /** Held back until the test lets it go. */
  held: (() => void)[] | undefined;
  storeFails = false;
  ready = Promise.resolve();
  handedOn = Promise.resolve();
  looks: string[] = [];
  readonly told: PortChange[] = [];
  readonly failures: unknown[] = [];
  watcher: PortWatcher;

  constructor() {
    this.watcher = this.begin();
  }

  begin(question = QUESTION): PortWatcher {
    const { clock, pushes } = this;
    this.watcher = new PortWatcher({
      ...{ clock, pushes, question, interval: INTERVAL, signalStep: 3, key: 'key', notes: this.store },
      reader: { read: (_question, { kind }) => this.read(kind) },
      flows: { untilReady: () => this.ready, untilHandedOn: () => this.handedOn },
      onChange: (change) => void this.told.push(change),
      onLook: () => undefined,
      onError: (error) => void this.failures.push(error),
    });
    return this.watcher;
  }

  /** What was told, in short. */
  get news(): string[] {
    return this.told.map(({ payload, changed, previous }) => {
      return `${payload.port}: ${changed.map((field) => `${field} ${previous[field]} -> ${payload[field]}`).join(', ')}`;
    });
  }

  set(number: number, fields: object): void {
    this.ports = this.ports.map((one) => (one.port === number ? { ...one, ...fields } : one));
  }

  private async read(kind: string) {
    this.looks.push(kind);
    if (this.held) await new Promise<void>((resolve) => this.held?.push(resolve));
    if (this.failure) throw this.failure;
    return { ports: structuredClone(this.ports), left_out: this.left_out };
  }

  private readonly store = {
    notes: async (keys: string[]) => {
      if (this.storeFails) throw new Error('store');
      return new Map(keys.flatMap((key) => (this.notes.has(key) ? [[key, this.notes.get(key) ?? '']] : [])));
    },
    putNotes: async (notes: ReadonlyMap<string, string>) => {
      if (this.storeFails) throw new Error('store');
      for (const [key, note] of notes) this.notes.set(key, note);
    },
  };
}

describe('a watch on ports', () => {
  let watched: Watched;
  beforeEach(async () => {
    watched = new Watched();
    await watched.clock.advance(0);
  });
  afterEach(() => watched.watcher.stop());

  it('tells nothing at its first look, and nothing while nothing changes', async () => {
    await watched.clock.advance(10 * INTERVAL);
    should(watched.looks).eql(Array(11).fill('watch'));
    should(watched.news).eql([]);
  });

  it('tells a signal that creeps, as soon as it is away from what was told last', async () => {
    for (const signal of [21, 22, 21, 22, 23, 24, 25, 26]) {
      watched.set(1, { signal });
      await watched.clock.advance(INTERVAL);
    }
    should(watched.news).eql(['1: signal 20 -> 23', '1: signal 23 -> 26']);
  });

  it('tells of ports that come and go', async () => {
    watched.ports = [port(0), port(2)];
    await watched.clock.advance(INTERVAL);
    should(watched.told).eql([
      { payload: { port: 1 }, changed: ['reg', 'iccid', 'signal'], previous: port(1) },
      { payload: port(2), changed: ['reg', 'iccid', 'signal'], previous: { port: 2 } },
    ]);
    watched.ports = [port(0), port(1), port(2)];
    await watched.clock.advance(INTERVAL);
    should(watched.told[2]).containEql({ payload: port(1), previous: { port: 1 } });
    await watched.clock.advance(INTERVAL);
    should(watched.told).have.length(3);
  });

  it('takes an answer without any port for none', async () => {
    watched.ports = [];
    await watched.clock.advance(INTERVAL);
    should(watched.news).eql([]);
    should(watched.failures).match([{ code: 'BAD_REPLY' }]);
  });

  it('doesn’t tell of a type that the gateway refuses from now on', async () => {
    watched.ports = [{ port: 0, reg: 'NO_SIM' }, port(1)];
    watched.left_out = ['signal', 'iccid'];
    await watched.clock.advance(INTERVAL);
    should(watched.news).eql(['0: reg REGISTER_OK -> NO_SIM']);
  });

  it('looks at once when a port is pushed, before its turn on the line, and collects what comes together', async () => {
    for (let one = 0; one < 32; one++) await watched.pushes.tell({ register: [event(one, 'down')] });
    watched.set(0, { reg: 'NO_SIM', iccid: '', signal: 0 });
    await watched.clock.advance(100);
    should(watched.looks).eql(['watch', 'command']);
    should(watched.news[0]).equal('0: reg REGISTER_OK -> NO_SIM, iccid 1 -> , signal 20 -> 0');
    for (let more = 0; more < 20; more++) {
      await watched.pushes.tell({ register: [event(0, more % 2 ? 'up' : 'down')] });
      await watched.clock.advance(100);
    }
    should(watched.looks.length).be.belowOrEqual(5);
  });

  it('tells a port that was away between two looks, in order, and again from the look on', async () => {
    await watched.pushes.tell({ register: [event(1, 'down'), event(1, 'up'), event(1, 'up')] });
    watched.set(1, { signal: 25 });
    await watched.clock.advance(100);
    should(watched.news).eql(['1: reg REGISTER_OK -> UNREGISTER', '1: reg UNREGISTER -> REGISTER_OK, signal 20 -> 25']);
    await watched.clock.advance(INTERVAL);
    should(watched.told).have.length(2);
  });

  it('keeps a push that comes while it looks for the next look', async () => {
    watched.held = [];
    await watched.clock.advance(INTERVAL);
    await watched.pushes.tell({ register: [event(1, 'down')] });
    const [answer] = watched.held;
    watched.held = undefined;
    // The answer was made before the port dropped out.
    answer?.();
    await settled();
    should(watched.news).eql([]);
    watched.set(1, { reg: 'SEARCHING_NETWORK' });
    await watched.clock.advance(1000);
    should(watched.news).eql(['1: reg REGISTER_OK -> SEARCHING_NETWORK']);
  });

  it('tells by the push alone when the look doesn’t come, and puts it right when it comes', async () => {
    watched.held = [];
    await watched.pushes.tell({ register: [event(1, 'down')] });
    await watched.clock.advance(100);
    should(watched.news).eql([]);
    await watched.clock.advance(2000);
    should(watched.news).eql(['1: reg REGISTER_OK -> UNREGISTER']);
    watched.set(1, { reg: 'NO_SIM' });
    const [answer] = watched.held;
    watched.held = undefined;
    answer?.();
    await settled();
    should(watched.news.slice(1)).eql(['1: reg UNREGISTER -> NO_SIM']);
  });

  it('tells by the push alone when the gateway can’t be asked', async () => {
    watched.failure = new GatewayError('UNREACHABLE', 'gone', 'no');
    await watched.pushes.tell({ register: [event(0, 'down'), event(7, 'down')] });
    await watched.clock.advance(100);
    should(watched.news).eql(['0: reg REGISTER_OK -> UNREGISTER']);
    should(watched.failures).have.length(1);
  });

  it('asks no faster than its interval while the gateway is away', async () => {
    watched.failure = new GatewayError('UNREACHABLE', 'gone', 'no');
    await watched.clock.advance(10 * INTERVAL);
    should(watched.looks).have.length(11);
  });

  it('tells at the next start what changed meanwhile, and not what was told', async () => {
    watched.set(0, { signal: 10 });
    await watched.clock.advance(INTERVAL);
    await watched.watcher.stop();
    watched.set(1, { reg: 'NO_SIM' });
    watched.begin();
    await watched.clock.advance(0);
    should(watched.news).eql(['0: signal 20 -> 10', '1: reg REGISTER_OK -> NO_SIM']);
  });

  it('notes what it told only when that can’t get lost any more', async () => {
    const before = watched.notes.get('key');
    let handOn = (): void => undefined;
    watched.handedOn = new Promise<void>((resolve) => {
      handOn = resolve;
    });
    watched.set(0, { signal: 10 });
    await watched.clock.advance(INTERVAL);
    should(watched.news).have.length(1);
    should(watched.notes.get('key')).equal(before);
    handOn();
    await settled();
    should(watched.notes.get('key')).not.equal(before);
  });

  it('begins anew when other ports or other types are asked for', async () => {
    await watched.watcher.stop();
    watched.set(1, { reg: 'NO_SIM' });
    watched.begin({ ...QUESTION, ports: [0, 1] });
    await watched.clock.advance(0);
    should(watched.news).eql([]);
  });

  it('works without a store, and notes what it told as soon as there is one', async () => {
    await watched.watcher.stop();
    watched.notes.clear();
    watched.storeFails = true;
    watched.begin();
    await watched.clock.advance(0);
    watched.set(0, { signal: 10 });
    await watched.clock.advance(INTERVAL);
    should(watched.news).eql(['0: signal 20 -> 10']);
    watched.storeFails = false;
    await watched.clock.advance(INTERVAL);
    should(JSON.parse(watched.notes.get('key') ?? '').ports[0]).containEql({ signal: 10 });
  });

  it('waits with what it tells until all nodes are there, and takes nothing for told when it ends before', async () => {
    let flowsRun = (): void => undefined;
    watched.ready = new Promise<void>((resolve) => {
      flowsRun = resolve;
    });
    watched.set(0, { signal: 10 });
    await watched.clock.advance(INTERVAL);
    should(watched.news).eql([]);
    await watched.watcher.stop();
    flowsRun();
    await settled();
    should(watched.news).eql([]);
    watched.begin();
    await watched.clock.advance(0);
    should(watched.news).eql(['0: signal 20 -> 10']);
  });

  it('leaves no timer and no listener behind', async () => {
    await watched.watcher.stop();
    should(watched.clock.running).equal(0);
    await watched.pushes.tell({ register: [event(0, 'down')] });
    await watched.clock.advance(10 * INTERVAL);
    should(watched.looks).have.length(1);
  });

  it('hands out messages that a flow may change', async () => {
    watched.set(0, { signal: 10 });
    await watched.clock.advance(INTERVAL);
    Object.assign(watched.told[0]?.payload ?? {}, { signal: 99 });
    watched.set(0, { signal: 11 });
    await watched.clock.advance(INTERVAL);
    should(watched.told).have.length(1);
  });
});
