import { setMaxListeners } from 'node:events';
import should from 'should';
import type { Handed } from '../../../../lib/messaging/inbox/EmitOutbox';
import { unreachable } from '../../../support/core/InboxModel';
import { flow, INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';
import { settled } from '../../../support/FakeClock';

describe('nodes of a gateway’s inbox', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
  });

  const { signal } = new AbortController();
  const asked = (): number => scene.gateway.asked.length;

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
