import should from 'should';
import type { Simulator } from '../../../simulator';
import { until } from '../../support/until';
import { closeAll, gateway, get, post } from '../helpers';

interface View {
  title: string;
  text?: string;
  item?: { item_id: number; item_string: string }[];
  input_type: number;
  frame_id: number;
}

const look = async (simulator: Simulator) => (await get(simulator, '/GetSTKView?port=0')) as unknown as View;

/** Does something and waits until the frame has changed. */
async function go(simulator: Simulator, step: object): Promise<View> {
  const before = (await get(simulator, '/GetSTKCurrFrameIndex?port=0')).frame_id;
  should(await post(simulator, '/STKGo', { port: 0, ...step })).deepEqual({ error_code: 200 });
  await until(async () => (await get(simulator, '/GetSTKCurrFrameIndex?port=0')).frame_id !== before);
  return look(simulator);
}

describe('the simulated SIM toolkit', () => {
  afterEach(closeAll);

  it('shows a desktop with items, as manual 13.4 does', async () => {
    const view = await look(await gateway());
    should(view).match({ title: '神州行天地', input_type: 1, frame_id: 1 });
    should(view.item?.[0]).deepEqual({ item_id: 1, item_string: 'Balance' });
  });

  it('has a screen for every input type of manual 13.3', async () => {
    const simulator = await gateway();
    const types = new Set([(await look(simulator)).input_type]);
    const walk = async (item: number) => types.add((await go(simulator, { item })).input_type);
    await walk(1);
    await go(simulator, { action: 'candle' });
    await walk(3);
    await go(simulator, { action: 'home' });
    await walk(2);
    for (let item = 1; item <= 7; item += 1) {
      await walk(item);
      await go(simulator, { action: 'candle' });
    }
    should([...types].sort((a, b) => a - b)).deepEqual([0, 1, 2, 3, 4, 5, 8, 9, 10, 11, 12]);
  });

  it('takes an answer that fits, doesn’t echo a hidden one, and refuses what doesn’t fit', async () => {
    const simulator = await gateway();
    await go(simulator, { item: 2 });
    await go(simulator, { item: 4 });
    should(await post(simulator, '/STKGo', { port: 0, param: 'ten' })).deepEqual({ error_code: 400 });
    should(await go(simulator, { param: '10' })).match({ input_type: 0, text: 'Thank you: 10' });
    await go(simulator, { action: 'home' });
    await go(simulator, { item: 2 });
    await go(simulator, { item: 7 });
    should(await go(simulator, { param: 'secret' })).match({ text: 'Thank you.' });
    should(await post(simulator, '/STKGo', { port: 0, action: 'jump' })).deepEqual({ error_code: 400 });
  });

  it('understands one spelling of cancel only when told so', async () => {
    const simulator = await gateway({ stkCancel: 'cancle' });
    await go(simulator, { item: 1 });
    should(await post(simulator, '/STKGo', { port: 0, action: 'candle' })).deepEqual({ error_code: 400 });
    should(await go(simulator, { action: 'cancle' })).match({ input_type: 1 });
  });

  it('needs a port with a SIM', async () => {
    const simulator = await gateway();
    simulator.port(0).loseSim();
    should(await get(simulator, '/GetSTKView?port=0')).deepEqual({ error_code: 500 });
    should(await get(simulator, '/GetSTKCurrFrameIndex')).deepEqual({ error_code: 400 });
  });
});
