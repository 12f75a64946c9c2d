import should from 'should';
import type { Handed } from '../../../../lib/messaging/inbox/EmitOutbox';
import { MOST_WAITING } from '../../../../lib/messaging/inbox/EmitOutbox';
import { MOST_LISTED } from '../../../../lib/messaging/inbox/InboxReading';
import { INTERVAL, InboxScene, texts } from '../../../support/core/InboxScene';

describe('incoming SMS that nobody takes', () => {
  let scene: InboxScene;
  let isTaken: boolean;
  let emitted: string[];
  const emit = async (handed: Handed[]): Promise<boolean> => {
    if (isTaken) emitted.push(...handed.map(({ sms, redelivered }) => sms.text + (redelivered ? '!' : '')));
    return isTaken;
  };

  beforeEach(async () => {
    scene = await InboxScene.open();
    scene.gateway.pageSize = 100;
    isTaken = false;
    emitted = [];
  });

  it('stay in the gateway beyond a thousand, and come all, once and in order, when they are taken', async () => {
    await scene.begin('n', { onSms: emit });
    scene.receive(2500);
    await scene.clock.advance(3 * INTERVAL);
    const asked = scene.gateway.asked.length;
    await scene.clock.advance(3 * INTERVAL);
    should(scene.gateway.asked.length - asked).be.belowOrEqual(3);
    isTaken = true;
    await scene.clock.advance(20 * INTERVAL);
    should(emitted).eql(texts(2500));
  });

  it('hold up no other node', async () => {
    await scene.begin('n', { onSms: emit });
    await scene.begin('other');
    scene.receive(1500);
    await scene.clock.advance(20 * INTERVAL);
    should(scene.of('other')).eql(texts(1500));
  });

  it('make a push beyond a thousand be refused, and none of it is lost', async () => {
    await scene.begin('n', { onSms: emit });
    const answers: boolean[] = [];
    for (let place = 0; place < 1500; place += 100) answers.push(await scene.life.push(...scene.receive(100, place)));
    should(answers.filter((isSafe) => isSafe).length).equal(MOST_WAITING.sms / 100);
    isTaken = true;
    await scene.clock.advance(10 * INTERVAL);
    should(emitted.toSorted()).eql(texts(1500).toSorted());
  });

  it('come all in one message to a node that asks for them', async () => {
    const { signal } = new AbortController();
    isTaken = true;
    const read = scene.life.inbox.read({ node: 'n', gateway: 'g', backlog: true }, emit, signal);
    scene.receive(1500);
    await scene.clock.advance(60_000);
    await read;
    should(emitted).eql(texts(1500));
  });

  it('end a look after 20,000 where a gateway invents them without end', async () => {
    await scene.begin('n', { onSms: emit });
    isTaken = true;
    let id = 10;
    scene.gateway.queryIncomingSms = async () => {
      const sms = Array.from({ length: 1000 }, () => ({
        ...{ incoming_sms_id: id++, port: 0, number: '1', smsc: '', timestamp: '2026-11-28 12:00:00', text: 'x' },
      }));
      scene.gateway.asked.push(id);
      return { error_code: 200, sms, sn: 'da-1' };
    };
    const before = scene.gateway.asked.length;
    await scene.clock.advance(INTERVAL + 60_000);
    should(emitted.length).be.belowOrEqual(10 * MOST_LISTED.sms);
    should(scene.gateway.asked.length - before).be.belowOrEqual(10 * (MOST_LISTED.sms / 1000 + 2));
  });
});
