import should from 'should';
import { GatewayError, type IncomingSms } from '../../../../lib/gateway-api';
import type { Handed } from '../../../../lib/messaging/inbox/Delivery';
import type { Subscription } from '../../../../lib/messaging/inbox/Inbox';
import { MemoryStore, StoreUnavailable } from '../../../../lib/store';
import { InboxLife } from '../../../support/core/InboxLife';
import { InboxModel, unreachable } from '../../../support/core/InboxModel';
import { FakeClock } from '../../../support/FakeClock';

const INTERVAL = 10_000;

describe('a gateway’s inbox', () => {
  let clock: FakeClock;
  let gateway: InboxModel;
  let store: MemoryStore;
  let life: InboxLife;
  /** By node: what was emitted, with a `!` where it was marked. */
  let emitted: Map<string, string[]>;

  beforeEach(async () => {
    clock = new FakeClock();
    gateway = new InboxModel(clock);
    store = new MemoryStore({ random: Math.random });
    await store.open();
    emitted = new Map();
    life = live();
  });

  const live = (address?: string): InboxLife => new InboxLife({ store, clock, client: gateway.client, address });
  const listen = (node = 'n', own: Partial<Subscription> = {}): (() => void) => {
    const heard = emitted.get(node) ?? [];
    emitted.set(node, heard);
    const hear = ({ sms, redelivered }: Handed): void => void heard.push(sms.text + (redelivered ? '!' : ''));
    return life.listen(node, hear, own);
  };
  const of = (node = 'n'): string[] => emitted.get(node) ?? [];
  const begin = async (node = 'n', own: Partial<Subscription> = {}): Promise<void> => {
    listen(node, own);
    await clock.advance(1500);
  };
  const restart = async (): Promise<void> => {
    const ended = life.end();
    await clock.advance(600);
    await ended;
    life = live();
  };
  const texts = (count: number, from = 0): string[] => Array.from({ length: count }, (_, place) => `t${from + place}`);
  const receive = (count: number, from = 0): IncomingSms[] => texts(count, from).map((text) => gateway.receive(text));

  describe('at its first start', () => {
    it('begins with new messages, the pushed ones among them that come before the first look has ended', async () => {
      receive(12);
      listen();
      await clock.advance(300);
      const sms = gateway.receive('early');
      should(await life.push(sms)).be.true();
      await clock.advance(INTERVAL);
      gateway.receive('new');
      await clock.advance(INTERVAL);
      should(of()).eql(['early', 'new']);
    });

    it('emits the backlog where that is wanted, in the order of the ids', async () => {
      receive(23);
      await begin('n', { backlog: true });
      await clock.advance(3000);
      should(of()).eql(texts(23));
    });

    it('begins again where it was killed before the first look had ended', async () => {
      receive(23);
      listen();
      await clock.advance(500);
      life.die();
      life = live();
      await begin();
      await clock.advance(INTERVAL);
      gateway.receive('new');
      await clock.advance(INTERVAL);
      should(of()).eql(['new']);
    });
  });

  describe('asks the gateway', () => {
    it('once an interval for all nodes, the shortest one counting, when nothing is new', async () => {
      receive(3);
      listen('slow', { interval: 60_000 });
      await begin('quick');
      await clock.advance(INTERVAL);
      const before = gateway.asked.length;
      await clock.advance(10 * INTERVAL);
      should(gateway.asked.length - before).equal(10);
      // Just below the newest one, so that its absence would show.
      should(new Set(gateway.asked.slice(before))).eql(new Set([2]));
    });

    it('page by page with pauses after hours without contact, and emits everything', async () => {
      await begin();
      gateway.failure = unreachable();
      receive(500);
      await clock.advance(3 * 3_600_000);
      gateway.failure = undefined;
      const from = gateway.askedAt.length;
      await clock.advance(120_000);
      should(of()).eql(texts(500));
      const at = gateway.askedAt.slice(from);
      should(at.slice(1).every((time, place) => time - (at[place] ?? 0) >= 200)).be.true();
    });

    it('less often while it can’t be reached, but at least once a minute', async () => {
      await begin();
      gateway.failure = unreachable();
      await clock.advance(3_600_000);
      const times = gateway.askedAt.slice(-10);
      should(times.slice(1).map((time, place) => time - (times[place] ?? 0))).eql(Array(9).fill(60_000));
      should(life.states.filter(({ is }) => is === 'failed').length).be.above(50);
      gateway.failure = undefined;
      gateway.receive('new');
      await clock.advance(60_000);
      should(of()).eql(['new']);
      should(life.states.at(-1)).eql({ is: 'fine' });
    });

    it('again for a page that got no answer, and doesn’t begin a long list anew for it', async () => {
      receive(40);
      listen('n', { backlog: false });
      await clock.advance(500);
      gateway.failure = new GatewayError('TIMEOUT', 'slow', 'unknown');
      await clock.advance(250);
      gateway.failure = undefined;
      await clock.advance(4000);
      should(gateway.asked.filter((after) => after === 0)).have.length(2);
      should(life.states.at(-1)).eql({ is: 'fine' });
    });

    it('to the end of the list though it says nothing of how many there are, or ignores the id', async () => {
      gateway.counts = false;
      await begin();
      receive(7);
      await clock.advance(2 * INTERVAL);
      should(of()).eql(texts(7));
      gateway.pageSize = 100;
      const whole = gateway.queryIncomingSms.bind(gateway);
      gateway.queryIncomingSms = () => whole({ flag: 'all' });
      gateway.receive('t7');
      await clock.advance(2 * INTERVAL);
      should(of()).eql(texts(8));
    });
  });

  describe('emits each SMS once', () => {
    it('pushed twice, late, out of order, or not at all; identical texts are two messages', async () => {
      await begin();
      const [one, two, three, four] = ['x', 'x', 'y', 'x'].map((text) => gateway.receive(text)) as IncomingSms[];
      await life.push(three as IncomingSms);
      await life.push(one as IncomingSms, one as IncomingSms);
      await life.push(three as IncomingSms);
      await clock.advance(INTERVAL);
      await life.push(four as IncomingSms);
      await life.push(two as IncomingSms);
      await clock.advance(3 * INTERVAL);
      should(of().sort()).eql(['x', 'x', 'x', 'y']);
    });

    it('over a polite restart, none of them marked', async () => {
      await begin();
      const pushed = receive(4);
      await life.push(pushed[3] as IncomingSms);
      await restart();
      await begin();
      await life.push(pushed[3] as IncomingSms);
      receive(2, 4);
      await restart();
      await begin();
      await clock.advance(INTERVAL);
      should(of().sort()).eql(texts(6));
    });

    it('though its push looks a little different from what the list says later', async () => {
      await begin();
      const sms = gateway.receive('Grüße', { number: '+43664' });
      await life.push({ ...sms, number: '0043664' });
      await clock.advance(2 * INTERVAL);
      await life.push({ ...sms, number: '0043664' });
      await clock.advance(2 * INTERVAL);
      should(of()).eql(['Grüße']);
    });

    it('when the gateway prints all its times in another zone from now on', async () => {
      await begin();
      receive(30);
      await clock.advance(2 * INTERVAL);
      gateway.shiftClock(1);
      await clock.advance(2 * INTERVAL);
      gateway.receive('t30');
      await clock.advance(2 * INTERVAL);
      should(of()).eql(texts(31));
    });

    it('when somebody deletes the newest, or old ones, or all', async () => {
      await begin();
      receive(30);
      await clock.advance(2 * INTERVAL);
      gateway.delete(({ incoming_sms_id: id }) => id > 20);
      await clock.advance(INTERVAL);
      const before = gateway.asked.length;
      await clock.advance(5 * INTERVAL);
      should(gateway.asked.length - before).equal(5);
      receive(2, 30);
      await clock.advance(INTERVAL);
      gateway.delete(() => true);
      await clock.advance(INTERVAL);
      receive(2, 32);
      await clock.advance(INTERVAL);
      should(of()).eql(texts(34));
    });

    it('of which a thousand are known and the newest hundreds are deleted', async () => {
      gateway.pageSize = 50;
      await begin('n', { backlog: true });
      receive(1000);
      await clock.advance(2 * INTERVAL);
      gateway.delete(({ incoming_sms_id: id }) => id > 650);
      await clock.advance(3 * INTERVAL);
      gateway.receive('t1000');
      await clock.advance(INTERVAL);
      should(of()).eql(texts(1001));
    });
  });

  describe('notices that ids have started again', () => {
    beforeEach(async () => {
      await begin();
      receive(5);
      await clock.advance(INTERVAL);
      should(of()).eql(texts(5));
    });

    const restarted = async (count: number): Promise<void> => {
      gateway.restart();
      await clock.advance(30_000);
      receive(count, 5);
    };

    for (const count of [1, 4, 5, 6, 40]) {
      it(`by the next poll, ${count} new SMS after it`, async () => {
        await restarted(count);
        await clock.advance(INTERVAL + 4000);
        should(of()).eql(texts(5 + count));
      });
    }

    it('by a push with a low id, of an SMS that the gateway may forget at once', async () => {
      await restarted(1);
      const [sms] = gateway.records;
      should(await life.push(sms as IncomingSms)).be.true();
      gateway.delete(() => true);
      await clock.advance(100);
      should(of()).eql(texts(6));
    });

    it('by a push of an id that is above all known ones', async () => {
      await restarted(6);
      await life.push(gateway.records[5] as IncomingSms);
      should(of()).eql([...texts(5), 't10']);
      await clock.advance(INTERVAL + 2000);
      should(of().sort()).eql(texts(11).sort());
    });

    it('though the first of the new ones are deleted', async () => {
      await restarted(4);
      gateway.delete(({ incoming_sms_id: id }) => id < 3);
      await clock.advance(INTERVAL + 2000);
      should(of()).eql([...texts(5), 't7', 't8']);
    });

    it('while Node-RED was off', async () => {
      await restart();
      await restarted(7);
      await begin();
      should(of()).eql(texts(12));
    });

    it('only above those that are still there', async () => {
      gateway.delete(({ incoming_sms_id: id }) => id > 3);
      gateway.reuseIds();
      await clock.advance(30_000);
      receive(3, 5);
      await clock.advance(2 * INTERVAL);
      should(of()).eql(texts(8));
    });

    it('though the old SMS stay in the list', async () => {
      gateway.delete(({ incoming_sms_id: id }) => id < 4);
      await clock.advance(3 * INTERVAL);
      const old = gateway.records;
      gateway.restart();
      receive(2, 5);
      gateway.records.push(...old);
      await clock.advance(3 * INTERVAL);
      should(of().sort()).eql(texts(7));
    });

    it('and lets a late double of an old push go by', async () => {
      const late = gateway.records[4] as IncomingSms;
      await restarted(1);
      await clock.advance(INTERVAL);
      await life.push(late);
      await clock.advance(INTERVAL);
      should(of()).eql(texts(6));
    });
  });

  describe('after a crash', () => {
    it('emits again what was on its way, marked, and once', async () => {
      await begin();
      const sms = gateway.receive('x');
      life.dieAtWrite(1, false);
      await life.push(sms);
      should(of()).eql(['x']);
      life.die();
      life = live();
      await begin();
      await restart();
      await begin();
      await clock.advance(INTERVAL);
      should(of()).eql(['x', 'x!']);
    });

    it('has what was pushed and answered 200, though the gateway has forgotten it', async () => {
      await begin();
      const sms = gateway.receive('x');
      life.inbox.subscribe({
        ...{ node: 'n', gateway: 'g', backlog: false, mode: 'poll', interval: INTERVAL },
        state: () => undefined,
        emit: () => new Promise(() => undefined),
      });
      should(await life.push(sms)).be.true();
      life.die();
      gateway.delete(() => true);
      life = live();
      await begin();
      should(of()).eql(['x!']);
    });

    it('answers no push with 200 that isn’t written down, and has it by the next poll', async () => {
      await begin();
      life.dieAtWrite(0, false);
      should(await life.push(gateway.receive('x'))).be.false();
      life.die();
      life = live();
      await begin();
      should(of()).eql(['x']);
    });
  });

  it('keeps what can’t be written now, says so, and emits it when it can', async () => {
    await begin();
    const putNotes = store.putNotes.bind(store);
    store.putNotes = () => Promise.reject(new StoreUnavailable('disk full'));
    should(await life.push(gateway.receive('x'))).be.false();
    await clock.advance(INTERVAL);
    should(of()).eql([]);
    should(life.states.at(-1)).match({ is: 'failed', error: { message: 'disk full' } });
    store.putNotes = putNotes;
    await clock.advance(60_000);
    should(of()).eql(['x']);
    should(life.states.at(-1)).eql({ is: 'fine' });
  });

  it('passes over what can’t be read, says so once, and emits what comes after it', async () => {
    await begin();
    receive(2);
    gateway.unreadable = [{ incoming_sms_id: 3, why: 'number is missing' }, { why: 'it is not an object' }];
    gateway.receive('hidden', { incoming_sms_id: 4 });
    await clock.advance(5 * INTERVAL);
    should(of()).eql(['t0', 't1', 'hidden']);
    should(life.failures).have.length(1);
    should(life.failures[0]).match(/incoming SMS 3 is passed over: number is missing/);
  });

  describe('knows its device', () => {
    it('by its serial number, also at another address', async () => {
      await begin();
      receive(3);
      await clock.advance(INTERVAL);
      await restart();
      life = live('http://elsewhere/');
      receive(1, 3);
      await begin();
      await clock.advance(INTERVAL);
      // Before the first reply it can't know; what it reads then is worth nothing.
      should(of()).eql(texts(4));
    });

    it('from another one at the same address, which begins anew', async () => {
      await begin();
      receive(3);
      await clock.advance(INTERVAL);
      gateway.sn = 'da-2';
      gateway.restart();
      gateway.receive('old on the other');
      await clock.advance(2 * INTERVAL);
      gateway.receive('new on the other');
      await clock.advance(INTERVAL);
      should(of()).eql([...texts(3), 'new on the other']);
    });

    it('by its address until a serial number is known, and goes on where it stood then', async () => {
      gateway.sn = undefined;
      await begin();
      receive(3);
      await clock.advance(INTERVAL);
      gateway.sn = 'da-1';
      receive(1, 3);
      await clock.advance(2 * INTERVAL);
      await restart();
      await begin();
      receive(1, 4);
      await clock.advance(INTERVAL);
      should(of()).eql(texts(5));
    });
  });

  it('gives each node what it hasn’t had, at the cost of one list: one was off, one takes a port only', async () => {
    await begin();
    const leave = listen('off');
    await clock.advance(INTERVAL);
    leave();
    receive(20);
    await clock.advance(2 * INTERVAL);
    gateway.receive('port 1', { port: 1 });
    listen('off');
    listen('port', { ports: [1] });
    await clock.advance(2 * INTERVAL);
    gateway.receive('again', { port: 1 });
    await clock.advance(2 * INTERVAL);
    should(of()).eql([...texts(20), 'port 1', 'again']);
    should(of('off')).eql([...texts(20), 'port 1', 'again']);
    should(of('port')).eql(['again']);
  });
});
