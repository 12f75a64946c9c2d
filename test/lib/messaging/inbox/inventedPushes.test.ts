import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { InboxCursor } from '../../../../lib/messaging/inbox/InboxCursor';
import { unreachable } from '../../../support/core/InboxModel';
import { INTERVAL, InboxScene } from '../../../support/core/InboxScene';

describe('invented pushes of incoming SMS', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
    await scene.begin();
  });

  it('with the id and the second of a real one don’t swallow it', async () => {
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.life.push({ ...real, number: '666', text: 'invented', port: 1 });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).containEql('alarm');
  });

  it('with its port as well don’t swallow it either', async () => {
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.life.push({ ...real, number: '666', text: 'invented' });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).containEql('alarm');
  });

  for (const [what, invented] of [
    ['another text', { text: 'nothing is wrong' }],
    ['the beginning of its text', { text: 'alarm: the b' }],
    ['another number', { number: '+43676' }],
    ['another port', { port: 5 }],
    ['no port', { port: undefined }],
  ] as const) {
    it(`with all of a real one but ${what} don’t swallow it: it comes marked as redelivered`, async () => {
      scene.gateway.receive('earlier');
      await scene.clock.advance(INTERVAL);
      const real = scene.gateway.receive('alarm: the boiler', { number: '+43664', port: 2 });
      const { text = real.text, ...others } = { ...real, ...invented };
      await scene.life.push({ ...real, ...others, text });
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).eql(['earlier', text, 'alarm: the boiler!']);
      // A real push that comes late, and the invented one once more, say nothing new.
      await scene.life.push({ ...real, ...others, text }, real);
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).have.length(3);
    });
  }

  it('from another port don’t hide it from a node that wants those of its port only', async () => {
    await scene.begin('of port 2', { ports: [2] });
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.life.push({ ...real, port: 5 });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of('of port 2')).eql(['alarm!']);
  });

  it('before the real push: both pushes and the list give two messages, and the real one is among them', async () => {
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.life.push({ ...real, text: 'invented' });
    await scene.life.push(real);
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).eql(['invented', 'alarm!']);
  });

  it('before the first look don’t hide what the list shows under their id', async () => {
    scene = await InboxScene.open();
    scene.listen();
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.life.push({ ...real, text: 'invented' });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of()).eql(['invented', 'alarm!']);
  });

  it('are told from firmware that spells one SMS in two ways: that gives one message', async () => {
    for (const [listed, pushed] of [
      ['a\r\nb ', 'a\nb'],
      ['Gr\u00fc\u00dfe', 'Gru\u0308\u00dfe'],
      ['Tom & "Jerry"', 'Tom &amp; &quot;Jerry&quot;'],
      ['\u20ac 5', '\\u20ac 5\0'],
    ] as const) {
      const before = scene.of().length;
      const real = scene.gateway.receive(listed, { number: '+43664', port: 2 });
      await scene.life.push({ ...real, text: pushed, number: '0043 664' });
      await scene.clock.advance(2 * INTERVAL);
      should(scene.of()).have.length(before + 1);
    }
  });

  it('that come after the real one make no second message of it', async () => {
    const real = scene.gateway.receive('alarm', { number: '+43664', port: 2 });
    await scene.clock.advance(INTERVAL);
    await scene.life.push({ ...real, number: '666', text: 'invented' });
    await scene.clock.advance(2 * INTERVAL);
    should(scene.of().filter((text) => text.startsWith('alarm'))).eql(['alarm']);
  });

  it('without end are turned away until the list has been looked at, and what is plainly new is kept all the same', async () => {
    const known = scene.gateway.receive('known');
    await scene.clock.advance(INTERVAL);
    const invented = (count: number, from = 0): IncomingSms[] =>
      Array.from({ length: count }, (_, place) => ({ ...known, number: '666', text: `invented ${from + place}` }));
    scene.gateway.failure = unreachable();
    await scene.life.push(...invented(1000));
    const real = scene.gateway.receive('real');
    should(await scene.life.push(...invented(10, 1000), real)).be.false();
    should(scene.of()).containEql('real');
    scene.gateway.failure = undefined;
    await scene.clock.advance(6 * INTERVAL);
    should(await scene.life.push(...invented(1, 5000))).be.true();
  });

  it('cost a look at each of their records, not at each pair of them', () => {
    let reads = 0;
    const counted = (text: string, incoming_sms_id: number): IncomingSms => ({
      ...{ incoming_sms_id, port: 0, number: '1', smsc: '', timestamp: '2024-01-15 12:00:00' },
      get text() {
        reads += 1;
        return text;
      },
    });
    const readsOf = (count: number, idOf: (place: number) => number): number => {
      const seen = InboxCursor.beginning(true);
      seen.lookBegins();
      const listed = counted('listed', 1);
      seen.all([{ id: 1, sms: listed }]);
      const pushed = Array.from({ length: count }, (_, place) => counted(`t${place}`, idOf(place)));
      reads = 0;
      seen.pushed(pushed);
      seen.lookBegins();
      seen.all([{ id: 1, sms: listed }]);
      return reads;
    };
    for (const idOf of [() => 1, (place: number) => place + 2, (place: number) => 1_000_000 - 7 * place]) {
      should(readsOf(1000, idOf)).be.belowOrEqual(2.5 * readsOf(500, idOf));
      should(readsOf(1000, idOf)).be.below(20_000);
    }
  });
});
