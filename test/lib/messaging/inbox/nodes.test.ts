import { setMaxListeners } from 'node:events';
import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import type { Handed } from '../../../../lib/messaging/inbox/EmitOutbox';
import { MOST_WAITING } from '../../../../lib/messaging/inbox/EmitOutbox';
import { noteKeys, StoreUnavailable } from '../../../../lib/store';
import { unreachable } from '../../../support/core/InboxModel';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';
import { settled } from '../../../support/FakeClock';

describe('the nodes of a gateway’s inbox', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  const { signal } = new AbortController();
  /** A flow that takes SMS, or doesn't: what it was given. */
  const flow = (isTaken: () => boolean) => {
    const given: string[] = [];
    const onSms = async (handed: Handed[]): Promise<boolean> => {
      if (isTaken()) given.push(...handed.map((one) => one.sms.text + (one.redelivered ? '!' : '')));
      return isTaken();
    };
    return { given, onSms };
  };
  const asked = (): number => scene.gateway.asked.length;
  const is = (): string[] => scene.life.states.map((state) => state.is);

  describe('that listen', () => {
    it('are told when a long list is being read, and when all is well again', async () => {
      await scene.begin();
      scene.receive(4);
      await scene.clock.advance(INTERVAL);
      should(is()).not.containEql('catching up');
      scene.receive(30, 4);
      await scene.clock.advance(2 * INTERVAL);
      should(is()).containEql('catching up');
      should(is().at(-1)).equal('fine');
    });

    it('bring a gateway that was away a look at once, and keep it near', async () => {
      await scene.begin();
      scene.gateway.failure = unreachable();
      await scene.clock.advance(600_000);
      scene.gateway.failure = undefined;
      const before = asked();
      scene.listen('other');
      await scene.clock.advance(0);
      should(asked()).equal(before + 1);
    });

    it('hear nothing more when they have left, and leave the one that has come in their place alone', async () => {
      const leave = scene.listen();
      await scene.clock.advance(1500);
      scene.listen();
      await scene.clock.advance(INTERVAL);
      leave();
      scene.receive(1);
      await scene.clock.advance(INTERVAL + 1000);
      should(scene.of()).eql(['t0']);
      const end = scene.listen();
      end();
      const before = asked();
      should(await scene.life.push(...scene.receive(1, 1))).be.true();
      await scene.clock.advance(10 * INTERVAL);
      should(scene.of()).eql(['t0']);
      should(asked()).equal(before);
    });

    it('get what names no port, whatever ports they want', async () => {
      await scene.begin('n', { ports: [1] });
      const [one] = scene.receive(1);
      await scene.life.push({ ...(one as IncomingSms), port: undefined });
      scene.gateway.receive('other', { port: 2 });
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['t0']);
    });

    it('get nothing of a push without an id, which is answered all the same: the list brings it', async () => {
      await scene.begin();
      const [one] = scene.receive(1);
      const before = asked();
      should(await scene.life.push({ ...(one as IncomingSms), incoming_sms_id: 0 })).be.true();
      await scene.clock.advance(1000);
      should([scene.of(), asked()]).eql([[], before]);
      await scene.clock.advance(INTERVAL);
      should(scene.of()).eql(['t0']);
    });

    it('cost no look by a push that fits what is known', async () => {
      await scene.begin();
      const before = asked();
      await scene.life.push(...scene.receive(3));
      await scene.clock.advance(1000);
      should([scene.of(), asked()]).eql([texts(3), before]);
    });

    it('get no push any more when the gateway’s line has ended: it is refused, and the list brings it', async () => {
      await scene.begin();
      const pushed = scene.receive(1);
      const ended = scene.life.end();
      await scene.clock.advance(600);
      await ended;
      should(await scene.life.push(...pushed)).be.false();
      scene.live();
      await scene.begin();
      should(scene.of()).eql(['t0']);
    });

    it('say what their flow does wrong', async () => {
      await scene.begin('n', { onSms: () => Promise.reject(new Error('the flow is broken')) });
      scene.receive(1);
      await scene.clock.advance(INTERVAL);
      should(scene.life.failures).containEql('the flow is broken');
    });
  });

  describe('whose flows take nothing', () => {
    let isTaken: boolean;
    let taking: ReturnType<typeof flow>;
    beforeEach(async () => {
      isTaken = false;
      taking = flow(() => isTaken);
      await scene.begin('n', { onSms: taking.onSms });
    });

    it('get it after a polite end, unmarked: it certainly wasn’t emitted', async () => {
      await scene.life.push(...scene.receive(2));
      await scene.restart();
      isTaken = true;
      await scene.begin('n', { onSms: taking.onSms });
      should(taking.given).eql(texts(2));
    });

    it('get it with the next look when they take it again', async () => {
      await scene.life.push(...scene.receive(2));
      isTaken = true;
      await scene.clock.advance(INTERVAL);
      should(taking.given).eql(texts(2));
    });

    it('have at most a thousand wait: a push beyond is refused, no look is made for them, and nothing is lost', async () => {
      scene.gateway.pageSize = 2000;
      should(await scene.life.push(...scene.receive(MOST_WAITING.sms))).be.true();
      should(await scene.life.push(...scene.receive(1, MOST_WAITING.sms))).be.false();
      await scene.clock.advance(INTERVAL);
      const before = asked();
      await scene.clock.advance(5 * INTERVAL);
      should(asked()).equal(before);
      isTaken = true;
      await scene.clock.advance(3 * INTERVAL);
      should(taking.given).eql(texts(MOST_WAITING.sms + 1));
    });

    it('hold up no others, which get all of a long list', async () => {
      await scene.begin('other');
      scene.gateway.pageSize = 400;
      scene.receive(1300);
      await scene.clock.advance(3 * INTERVAL);
      should(scene.of('other')).eql(texts(1300));
      isTaken = true;
      await scene.clock.advance(6 * INTERVAL);
      should(taking.given).eql(texts(1300));
    });
  });

  describe('that ask by themselves', () => {
    const wanted = { node: 'n', gateway: 'g', backlog: false };

    it('get what has come in since they were deployed, in one message, and nothing in between', async () => {
      scene.receive(3);
      await scene.begin('n', { mode: 'input' });
      const before = asked();
      const pushed = scene.receive(8, 3);
      await scene.life.push(...pushed);
      await scene.clock.advance(10 * INTERVAL);
      should([scene.of(), asked()]).eql([[], before]);
      const { given, onSms } = flow(() => true);
      let emissions = 0;
      const counted = (handed: Handed[]): Promise<boolean> => {
        emissions += 1;
        return onSms(handed);
      };
      const read = scene.life.inbox.read(wanted, counted, signal);
      await scene.clock.advance(3000);
      await read;
      should([given, emissions]).eql([texts(8, 3), 1]);
      const again = scene.life.inbox.read(wanted, onSms, signal);
      await scene.clock.advance(3000);
      await again;
      should(given).have.length(8);
    });

    it('aren’t looked for at all when they want the backlog: their first input brings it', async () => {
      scene.receive(3);
      await scene.begin('n', { mode: 'input', backlog: true });
      should(asked()).equal(0);
      const { given, onSms } = flow(() => true);
      const read = scene.life.inbox.read({ ...wanted, backlog: true }, onSms, signal);
      await scene.clock.advance(3000);
      await read;
      should(given).eql(texts(3));
    });

    it('are told what the gateway says, and get with their next input what was read by then', async () => {
      await scene.begin('n', { mode: 'input' });
      scene.receive(12);
      const { given, onSms } = flow(() => true);
      const first = scene.life.inbox.read(wanted, onSms, signal);
      await scene.clock.advance(300);
      scene.gateway.failure = unreachable();
      const rejected = should(first).be.rejectedWith({ code: 'UNREACHABLE' });
      await scene.clock.advance(3000);
      await rejected;
      should(given).eql([]);
      scene.gateway.failure = undefined;
      const second = scene.life.inbox.read(wanted, onSms, signal);
      await scene.clock.advance(3000);
      await second;
      should(given).eql(texts(12));
    });

    it('are told BUSY beyond a thousand that wait', async () => {
      scene.gateway.queryIncomingSms = () => new Promise(() => undefined);
      const stop = new AbortController();
      const { onSms } = flow(() => true);
      setMaxListeners(0, stop.signal);
      const read = () => scene.life.inbox.read(wanted, onSms, stop.signal).catch(({ code }) => code);
      const reads = Array.from({ length: 1001 }, read);
      await settled();
      const busy = await scene.life.inbox.read(wanted, onSms, stop.signal).catch((error) => error);
      should(busy).match({ code: 'BUSY', taken: 'no' });
      stop.abort();
      scene.life.die();
      should(new Set(await Promise.all(reads.slice(1)))).eql(new Set(['STOPPED']));
    });
  });

  it('that are gone are forgotten beyond 64, and know what they had when they come back', async () => {
    const nodes = Array.from({ length: 70 }, (_, place) => `n${place}`);
    scene.receive(2);
    await scene.begin('stays', { backlog: true });
    for (const node of nodes) {
      const leave = scene.listen(node, { backlog: true });
      await scene.clock.advance(INTERVAL);
      leave();
    }
    const { consumers } = scene.life.inbox as unknown as { consumers: Map<string, unknown> };
    should(consumers.size).be.within(64, 67);
    should(consumers.has(JSON.stringify(['g', 'stays']))).be.true();
    scene.receive(1, 2);
    for (const node of ['n0', 'n69', 'stays']) scene.listen(node, { backlog: true });
    await scene.clock.advance(INTERVAL);
    for (const node of ['n0', 'n69', 'stays']) should(scene.of(node)).eql(texts(3));
  });

  describe('keep where they stand', () => {
    const noted = async (device: string): Promise<string | undefined> => {
      const key = noteKeys.inboxCursor('g', 'n', device);
      return (await scene.store.notes([key])).get(key);
    };

    it('by the device, and no longer by the address once its serial number is known', async () => {
      scene.gateway.sn = undefined;
      await scene.begin();
      should(await noted('http://gateway/')).match(/"cursor":0/);
      scene.gateway.sn = 'da-1';
      scene.receive(1);
      await scene.clock.advance(2 * INTERVAL);
      should(await noted('da-1')).match(/"cursor":1/);
      should((await noted('http://gateway/')) || 'nothing').equal('nothing');
    });

    it('and write it only when it has changed', async () => {
      await scene.begin();
      scene.receive(1);
      await scene.clock.advance(2 * INTERVAL);
      let writes = 0;
      const putNotes = scene.store.putNotes.bind(scene.store);
      scene.store.putNotes = (notes) => {
        writes += 1;
        return putNotes(notes);
      };
      await scene.clock.advance(10 * INTERVAL);
      should(writes).equal(0);
    });

    it('though the store couldn’t be read at first', async () => {
      scene.gateway.receive('before');
      const notes = scene.store.notes.bind(scene.store);
      scene.store.notes = () => Promise.reject(new StoreUnavailable('away'));
      await scene.begin('n', { backlog: true });
      should(scene.life.states.at(-1)).match({ is: 'failed', error: { message: 'away' } });
      should(scene.of()).eql([]);
      scene.store.notes = notes;
      await scene.clock.advance(60_000);
      should(scene.of()).eql(['before']);
    });

    it('with each device, when two answer in turn at one address: neither’s SMS come twice', async () => {
      await scene.begin();
      scene.receive(2);
      await scene.clock.advance(INTERVAL);
      const first = scene.gateway.records;
      const swap = async (sn: string, records: IncomingSms[]): Promise<void> => {
        scene.gateway.sn = sn;
        scene.gateway.records = records;
        await scene.clock.advance(2 * INTERVAL);
      };
      await swap('da-2', []);
      await swap('da-1', first);
      const other = { ...(first[0] as IncomingSms), text: 'other' };
      await swap('da-2', [other]);
      await swap('da-1', first);
      should(scene.of()).eql(['t0', 't1', 'other']);
    });

    it('and ask a bounded number of times where another device answers each time', async () => {
      let count = 0;
      const ask = scene.gateway.queryIncomingSms.bind(scene.gateway);
      scene.gateway.queryIncomingSms = (query) => {
        count += 1;
        scene.gateway.sn = `da-${count}`;
        return ask(query);
      };
      await scene.begin();
      should(count).be.within(2, 3);
      await scene.clock.advance(INTERVAL);
      should(count).be.within(3, 6);
    });
  });

  describe('whose gateway invents SMS without end', () => {
    beforeEach(() => {
      // Each takes six where it is kept.
      const text = '\u0001'.repeat(500_000);
      let id = 0;
      scene.gateway.queryIncomingSms = async () => {
        scene.gateway.asked.push(id);
        const [one] = [scene.gateway.receive(text, { incoming_sms_id: ++id })];
        scene.gateway.records = [];
        return { error_code: 200, sms: [one], sn: 'da-1' };
      };
    });

    it('are told so when only its whole list would do', async () => {
      scene.listen();
      await scene.clock.advance(5000);
      should(asked()).equal(7);
      should(scene.life.states).matchAny({ is: 'failed', error: { code: 'BAD_REPLY', taken: 'no' } });
    });

    it('get what one look brings, which ends after 16 million characters', async () => {
      let given = 0;
      const onSms = async (handed: Handed[]): Promise<boolean> => {
        given += handed.length;
        return true;
      };
      scene.listen('n', { backlog: true, onSms });
      await scene.clock.advance(5000);
      should([asked(), given]).eql([7, 6]);
    });
  });
});
