import should from 'should';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf, statusesOf } from '../support/flow';
import { catchAll, catcher, completed, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { startWireServer, type WireServer } from '../support/wire-server';

type View = { title: string; text: string; item: { item_id: number; item_string: string }[] };

describe('stk', () => {
  const clock = new FlowClock();
  inNodeRed(clock);
  let simulator: Simulator;
  /** Stands in between and sees what is asked. */
  let wire: WireServer;
  let afterStep = (): void => undefined;
  let gateway: string;
  const start = async (options: SimulatorOptions = {}): Promise<void> => {
    await simulator?.close();
    simulator = await startSimulator({ ...simulatorTime(clock), speed: 'fast', ...options });
  };
  beforeEach(async () => {
    gateway = freshId('gateway');
    afterStep = () => undefined;
    await start();
    wire = await startWireServer(async ({ method, url, body }) => {
      const answer = await fetch(simulator.url + url, { method, ...(body !== '' && { body }) });
      if (url === '/STKGo') afterStep();
      return { status: answer.status, text: await answer.text() };
    });
  });
  afterEach(async () => {
    await wire.close();
    await simulator.close();
  });

  const flowWith = (properties: object = {}, own: object = {}): FlowNode[] => [
    tab,
    { id: gateway, type: 'dinstar-gateway', url: wire.url, name: 'farm', ...own },
    drawn('dinstar-stk', 'stk', { gateway, wires: [['views']], ...properties }),
    drawn('dinstar-stk', 'look', { gateway, wires: [['views']] }),
    catcher('views'),
    ...catchAll('errors'),
    ...completed('stk', 'completed'),
  ];
  const ask = async (message: object, id = 'stk'): Promise<Record<string, unknown> & { payload: View }> => {
    const views = inboxOf('views');
    nodeOf(id).receive({ port: 0, ...message });
    return (await views.first()) as Record<string, unknown> & { payload: View };
  };
  const fail = async (
    message: object,
  ): Promise<{ error: Error & { code: string; cause: Record<string, unknown> } }> => {
    const errors = inboxOf('errors');
    nodeOf('stk').receive({ port: 0, ...message });
    return (await errors.first()) as never;
  };
  const steps = (): object[] =>
    wire.seen.filter(({ url }) => url === '/STKGo').map(({ body }) => JSON.parse(body) as object);

  for (const untidy of [false, true]) {
    describe(untidy ? 'on an untidy wire' : 'on a tidy wire', () => {
      beforeEach(() => start({ untidy }));

      it('answers with what the menu shows, on the message', async () => {
        await load(flowWith());
        should(await ask({ keep: 'me' })).containDeep({
          keep: 'me',
          gateway: { id: gateway, name: 'farm', sn: simulator.sn },
        });
        const { payload } = await ask({});
        should(payload).eql({
          ...{ port: 0, title: '神州行天地', text: '', input_type: 1, input_kind: 'desktop', frame_id: 1 },
          item: [
            { item_id: 1, item_string: 'Balance' },
            { item_id: 2, item_string: 'Inputs' },
            { item_id: 3, item_string: 'Operator menu' },
          ],
        });
      });

      it('answers with the number of the frame alone', async () => {
        await load(flowWith({ action: 'frame' }));
        should((await ask({ port: '3' })).payload).eql({ port: 3, frame_id: 1 });
      });

      it('selects by name and by id, waits for the next frame, and goes back and home', async () => {
        const select = { action: 'select', itemType: 'msg', item: 'payload' };
        await load(flowWith(select));
        should((await ask({ payload: ' bALANCE\u3000' })).payload).match({
          title: 'Balance',
          frame_id: 2,
          text: /12.34/,
        });
        await deploy(flowWith({ action: 'cancel' }));
        should((await ask({})).payload).match({ input_kind: 'desktop', frame_id: 3 });
        await deploy(flowWith(select));
        should((await ask({ payload: '2' })).payload).match({ title: 'Inputs', input_kind: 'select' });
        should((await ask({ payload: 1 })).payload).match({ title: 'Roaming', input_kind: 'confirm' });
        await deploy(flowWith({ action: 'home' }));
        should((await ask({})).payload).match({ input_kind: 'desktop' });
        should(steps()).eql([
          { port: 0, item: 1 },
          { port: 0, action: 'candle' },
          { port: 0, item: 2 },
          { port: 0, item: 1 },
          { port: 0, action: 'home' },
        ]);
      });

      it('enters what each kind of input asks for', async () => {
        const entries: [string, unknown, string][] = [
          ['yes or no', true, 'Thank you: yes'],
          ['One digit', 7, 'Thank you: 7'],
          ['One character', 'é', 'Thank you: é'],
          ['Digits', '0815', 'Thank you: 0815'],
          ['Hidden digits', 4711, 'Thank you.'],
          ['Characters', 'Ÿ 天地', 'Thank you: Ÿ 天地'],
          ['Hidden characters', 'secret', 'Thank you.'],
        ];
        await load(flowWith({ action: 'walk' }));
        for (const [item, input, text] of entries) {
          should((await ask({ payload: ['inputs', item, { input }] })).payload).match({ text });
        }
      });
    });
  }

  it('agrees by ok', async () => {
    await load(flowWith({ action: 'walk' }));
    await ask({ payload: [2, 1] });
    await deploy(flowWith({ action: 'ok' }));
    should((await ask({})).payload).match({ text: 'Thank you: yes' });
  });

  it('walks by names and ids, and answers with the last view alone', async () => {
    await load(flowWith({ action: 'walk', param: '["Inputs", 4, {"input": "10"}]', paramType: 'json' }));
    const views = inboxOf('views');
    const ended = inboxOf('completed');
    nodeOf('stk').receive({ port: 0 });
    await ended.first();
    should(views.all).have.length(1);
    should(views.all[0]?.payload).match({ title: 'Top up', text: 'Thank you: 10' });
    should(steps()).eql([
      { port: 0, item: 2 },
      { port: 0, item: 4 },
      { port: 0, param: '10' },
    ]);
  });

  it('says which items there are when one isn’t, and goes home', async () => {
    await load(flowWith({ action: 'walk' }));
    const { error } = await fail({ payload: ['Inputs', 'Weather'] });
    should(error).match({ code: 'NOT_FOUND', cause: { field: 'param[1]', retryable: false } });
    should(error.message)
      .containEql('"Weather"')
      .and.containEql('"Yes or no" (1)')
      .and.containEql('"Hidden characters" (7)');
    should(steps().at(-1)).eql({ port: 0, action: 'home' });
    should((await ask({}, 'look')).payload).match({ input_kind: 'desktop' });
  });

  it('doesn’t select what isn’t there', async () => {
    await load(flowWith({ action: 'select' }));
    const { error } = await fail({ payload: 'Weather' });
    should(error).match({ code: 'NOT_FOUND', cause: { field: 'item' } });
    should(error.message).containEql('"Balance" (1), "Inputs" (2)');
    should(steps()).be.empty();
  });

  it('never tells what was to be entered, nor sends it where it doesn’t fit', async () => {
    await load(flowWith({ action: 'walk' }));
    const secret = 'hunter2';
    for (const payload of [
      ['Inputs', 'Hidden digits', { input: secret }],
      ['Inputs', 'Hidden characters', secret],
      ['Inputs', 'Digits', { input: secret }],
    ]) {
      const statuses = statusesOf('stk');
      const { error } = await fail({ payload });
      should(['INVALID_INPUT', 'NOT_FOUND']).containEql(error.code);
      should(JSON.stringify([error.message, error.cause, statuses.all, logged()])).not.containEql(secret);
    }
    should(JSON.stringify(steps())).not.containEql(secret);
  });

  const bad: [string, object, object, string][] = [
    ['no port', {}, { port: undefined }, 'port'],
    ['several ports', {}, { port: '1,2' }, 'port'],
    ['port 32', {}, { port: 32 }, 'port'],
    ['no item', { action: 'select' }, {}, 'item'],
    ['an item that is none', { action: 'select' }, { payload: {} }, 'item'],
    ['nothing to enter', { action: 'input' }, { payload: '' }, 'param'],
    ['a walk that is none', { action: 'walk' }, { payload: 'Balance' }, 'param'],
    ['an empty walk', { action: 'walk' }, { payload: [] }, 'param'],
    ['a step that is none', { action: 'walk' }, { payload: ['Balance', { say: 'x' }] }, 'param[1]'],
    ['an input without anything', { action: 'walk' }, { payload: [{ input: '' }] }, 'param[0].input'],
    ['an action that is none', { action: 'jump' }, {}, 'action'],
    ['a wait that is none', { wait: '-1' }, {}, 'wait'],
  ];
  for (const [what, properties, message, field] of bad) {
    it(`refuses ${what}, naming ${field}, before anything leaves`, async () => {
      await load(flowWith(properties));
      should(await fail(message)).match({ error: { code: 'INVALID_INPUT', cause: { field, retryable: false } } });
      should(wire.seen).be.empty();
    });
  }

  it('doesn’t enter anything where nothing is asked for', async () => {
    await load(flowWith({ action: 'input' }));
    should(await fail({ payload: 'x' })).match({ error: { code: 'INVALID_INPUT', cause: { field: 'param' } } });
    should(steps()).be.empty();
  });

  it('is a TIMEOUT that must not be repeated when no new frame comes', async () => {
    await start({ speed: 'real', random: () => 0.999 });
    await load(flowWith({ action: 'select', wait: '0.5' }));
    const { error } = await fail({ payload: 1 });
    should(error).match({ code: 'TIMEOUT', cause: { retryable: false } });
    should(steps()).have.length(1);
  });

  it('is in doubt when a step is answered by nothing readable, and takes no second one', async () => {
    await load(flowWith({ action: 'select' }));
    simulator.fault({ fault: 'html', path: '/STKGo' });
    should(await fail({ payload: 1 })).match({ error: { code: 'UNKNOWN_OUTCOME', cause: { retryable: false } } });
    should(steps()).have.length(1);
  });

  it('goes on looking when a question fails after the step', async () => {
    await load(flowWith({ action: 'select' }));
    afterStep = () => simulator.fault({ fault: 'html', path: '/GetSTKCurrFrameIndex', times: 2 });
    should((await ask({ payload: 1 })).payload).match({ title: 'Balance' });
    should(simulator.faults).be.empty();
    should(steps()).have.length(1);
  });

  it('takes the steps of one port one after the other, a walk as one, whichever node wants them', async () => {
    await load([
      ...flowWith({ action: 'walk' }),
      drawn('dinstar-stk', 'second', { gateway, action: 'walk', wires: [['views']] }),
    ]);
    const views = inboxOf('views');
    nodeOf('stk').receive({ port: 0, payload: ['Inputs', 'Digits', { input: '1' }] });
    nodeOf('second').receive({ port: 0, payload: ['Inputs', 'Characters', { input: 'b' }] });
    nodeOf('second').receive({ port: 1, payload: ['Inputs', 'Digits', { input: '3' }] });
    const texts = (await views.count(3)).map(({ payload }) => (payload as View).text);
    should(texts).containDeep(['Thank you: 1', 'Thank you: b', 'Thank you: 3']);
    const own = steps().filter((one) => (one as { port: number }).port === 0);
    should(own).eql([
      ...[{ item: 2 }, { item: 4 }, { param: '1' }, { action: 'home' }].map((one) => ({ port: 0, ...one })),
      ...[{ item: 2 }, { item: 6 }, { param: 'b' }].map((one) => ({ port: 0, ...one })),
    ]);
    // The other port didn't wait for them.
    should(texts.indexOf('Thank you: 3')).be.below(2);
  });

  it('is STOPPED when it is removed on the way, and the walk goes home', async () => {
    await start({ speed: 'real' });
    await load(flowWith({ action: 'walk' }));
    const node = nodeOf('stk');
    const failed = new Promise<{ code: string }>((resolve) => {
      node.on('call:error', (call: { firstArg: { code: string } }) => resolve(call.firstArg));
    });
    node.receive({ port: 0, payload: ['Inputs', 'Digits'] });
    await clock.until(() => steps().length > 0, 5000);
    await deploy(flowWith().filter(({ id }) => id !== 'stk'));
    should((await clock.during(failed)).code).equal('STOPPED');
    should(steps().at(-1)).eql({ port: 0, action: 'home' });
  });
});
