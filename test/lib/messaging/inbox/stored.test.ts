import should from 'should';
import type { IncomingSms } from '../../../../lib/gateway-api';
import { noteKeys, StoreUnavailable } from '../../../../lib/store';
import { INTERVAL, InboxScene } from '../../../support/core/InboxScene';

describe('the nodes of an inbox', () => {
  let scene: InboxScene;
  beforeEach(async () => {
    scene = await InboxScene.open();
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
});
