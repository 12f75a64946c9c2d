import should from 'should';
import type { StkInputKind } from '../../../lib/gateway-api';
import { until } from '../../support/until';
import { closeAll, failureOf, gatewayThat, simulated } from './helpers';

/** What each input_type asks for (manual 13.3). */
const KINDS: Record<number, StkInputKind> = {
  0: 'display',
  1: 'desktop',
  2: 'select',
  3: 'confirm',
  4: 'digit',
  5: 'character',
  6: 'unknown',
  8: 'digits',
  9: 'digits_hidden',
  10: 'characters',
  11: 'characters_hidden',
  12: 'locked',
  99: 'unknown',
};

describe("a SIM's menu", () => {
  afterEach(closeAll);

  it('says what it waits for', async () => {
    let input_type: unknown = 0;
    const { client } = await gatewayThat(() => ({ json: { title: null, text: 'Sure?', input_type, frame_id: '1' } }));
    for (const [number, input_kind] of Object.entries(KINDS)) {
      for (input_type of [number, Number(number)]) {
        should(await client.getStkView({ port: 0 })).deepEqual({
          error_code: 200,
          port: 0,
          title: '',
          text: 'Sure?',
          input_type: Number(number),
          input_kind,
          frame_id: 1,
          item: [],
        });
      }
    }
  });

  it('that lacks its kind, its frame or the id of an item is a BAD_REPLY', async () => {
    for (const json of [
      {},
      { input_type: 2 },
      { frame_id: 2, input_type: 'menu' },
      { frame_id: 1, input_type: 2, item: [{}] },
    ]) {
      const { client } = await gatewayThat(() => ({ json }));
      await failureOf(client.getStkView({ port: 0 }), 'BAD_REPLY');
    }
    const { client } = await gatewayThat(() => ({ json: { frame: 1 } }));
    await failureOf(client.getStkCurrFrameIndex({ port: 0 }), 'BAD_REPLY');
  });

  it('takes an item, a text or an action', async () => {
    const { client, server } = await gatewayThat(() => ({ text: '' }));
    await client.stkGo({ port: 0, item: 0 });
    await client.stkGo({ port: 0, param: '' });
    await client.stkGo({ port: 0, action: 'ok', param: 'yes' });
    await client.stkGo({ port: 0, action: 'home' });
    should(server.seen.map(({ url, body }) => [url, JSON.parse(body)])).deepEqual([
      ['/STKGo', { port: 0, item: 0 }],
      ['/STKGo', { port: 0, param: '' }],
      ['/STKGo', { port: 0, action: 'ok', param: 'yes' }],
      ['/STKGo', { port: 0, action: 'home' }],
    ]);
  });

  it('is in doubt when a page answers a step', async () => {
    const { client } = await gatewayThat(() => ({ text: '<html></html>' }));
    await failureOf(client.stkGo({ port: 0, action: 'ok' }), 'UNKNOWN_OUTCOME');
  });

  it('is walked in and out, in the spelling of cancel that the gateway knows', async () => {
    for (const stkCancelWord of ['candle', 'cancle', 'cancel'] as const) {
      const { client } = await simulated({ stkCancel: stkCancelWord }, { stkCancelWord });
      const frameOf = async () => (await client.getStkCurrFrameIndex({ port: 0 })).frame_id;
      const home = await client.getStkView({ port: 0 });
      should(home.item.length).be.above(0);
      should(home.frame_id).equal(await frameOf());
      await client.stkGo({ port: 0, item: home.item[0]?.item_id });
      await until(async () => (await frameOf()) !== home.frame_id);
      const inside = await client.getStkView({ port: 0 });
      should(inside.title).not.equal(home.title);
      await client.stkGo({ port: 0, action: 'cancel' });
      await until(async () => (await frameOf()) !== inside.frame_id);
      should((await client.getStkView({ port: 0 })).title).equal(home.title);
    }
  });
});
