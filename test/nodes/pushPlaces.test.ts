import should from 'should';
import request from 'supertest';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, nodeApp } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';
import { freePort } from '../support/freePort';

const clock = new FlowClock();
const PUSH = { sn: 'stranger', register: { port: 1, status: 'up' } };

const receiver = (id: string, own: object): FlowNode =>
  drawn('dinstar-push-receiver', id, { listen: 0, wires: [[`to ${id}`]], ...own });
const metrics = (id: string, path: string): FlowNode[] => [
  { id, type: 'dinstar-metrics', listen: 0, path },
  drawn('dinstar-watch', `${id}-watch`, { metrics: id }),
];
const saidBy = async (id: string): Promise<string | undefined> => {
  const { error } = (await inboxOf('errors').first(
    (one) => (one as { error?: { source?: { id?: string } } }).error?.source?.id === id,
  )) as { error?: { message?: string } };
  return error?.message;
};

/** Whether it is so within some tries. */
const comesTrue = async (isSo: () => Promise<boolean>): Promise<boolean> => {
  for (let seconds = 0; seconds < 20; seconds++) {
    if (await isSo()) return true;
    await clock.advance(1000);
  }
  return false;
};

describe('where pushes come in', () => {
  inNodeRed(clock);

  const statusAt = async (path: string): Promise<number> => (await request(nodeApp()).post(path).send(PUSH)).status;

  it('is taken over by the receiver that waits for it, when the one that had it is deleted alone', async () => {
    const [first, second] = [receiver('first', { path: '/gw' }), receiver('second', { path: '/gw' })];
    const others = [tab, catcher('to first'), catcher('to second'), ...catchAll('errors')];
    await load([...others, first, second]);
    should(await saidBy('second')).equal('Path: another push receiver has /gw already');
    await deploy([...others, second], 'nodes');
    const events = inboxOf('to second');
    should(await comesTrue(async () => (await statusAt('/gw')) === 200)).be.true();
    should(await events.first()).match({ topic: 'register' });
  });

  it('may be an own port, which is taken over as soon as it is free', async () => {
    const listen = await freePort();
    const [first, second] = [receiver('first', { listen }), receiver('second', { listen })];
    const others = [tab, catcher('to first'), catcher('to second'), ...catchAll('errors')];
    await load([...others, first, second]);
    const loser = await Promise.race([saidBy('first').then(() => first), saidBy('second').then(() => second)]);
    await deploy([...others, loser], 'nodes');
    const events = inboxOf(`to ${loser.id}`);
    const post = (): Promise<Response> =>
      fetch(`http://127.0.0.1:${listen}/dinstar/push`, { method: 'POST', body: JSON.stringify(PUSH) });
    const isHeard = (): Promise<boolean> =>
      post().then(
        ({ status }) => status === 200,
        () => false,
      );
    should(await comesTrue(isHeard)).be.true();
    should(await events.first()).match({ topic: 'register' });
  });

  it('waits for nothing any more when it is closed', async () => {
    const [first, second] = [receiver('first', { path: '/gw' }), receiver('second', { path: '/gw' })];
    const others = [tab, catcher('to first'), catcher('to second')];
    await load([...others, first, second]);
    await deploy(others);
    await clock.advance(20_000);
    should(await statusAt('/gw')).equal(404);
  });

  it('may lie below that of another one, and is told apart from a wrong token', async () => {
    const paths = { outer: '/gw', inner: '/gw/two', deep: '/gw/two/three' };
    const receivers = Object.entries(paths).map(([id, path]) => receiver(id, { path }));
    await load([tab, ...receivers, ...Object.keys(paths).map((id) => catcher(`to ${id}`))], {
      inner: { token: 'abc' },
    });
    const inboxes = Object.keys(paths).map((id) => inboxOf(`to ${id}`));
    for (const [path, status] of [
      ['/gw', 200],
      ['/gw/nope', 404],
      ['/gw/two', 404],
      ['/gw/two/abc', 200],
      ['/gw/two/three', 200],
      ['/gw/twofold', 404],
    ] as const) {
      should(await statusAt(path)).equal(status, path);
    }
    for (const inbox of inboxes) should(await inbox.count(1)).have.length(1);
  });

  it('is the same in capitals, as Express has it', async () => {
    await load([tab, receiver('first', { path: '/gw' }), receiver('second', { path: '/GW' }), ...catchAll('errors')]);
    should(await saidBy('second')).equal('Path: another push receiver has /GW already');
  });

  it('is a path as it is: patterns, queries and what a URL writes otherwise are refused by name', async () => {
    const paths = ['/push+1', '/a(b)', '/x*', '/:id', '/q?x=1', '/a b', '/grün', '/a%20b', '/a#b'];
    await load([tab, ...paths.map((path, place) => receiver(`n${place}`, { path })), ...catchAll('errors')]);
    for (const place of paths.keys()) {
      should(await saidBy(`n${place}`)).match(/^Path: must be a path of letters, digits/);
    }
  });
});

describe('where metrics are read', () => {
  inNodeRed(clock);

  it('is taken over by those that wait for it, and may lie below that of others', async () => {
    const [one, two, below] = [freshId('metrics'), freshId('metrics'), freshId('metrics')];
    const rest = [tab, ...metrics(two, '/m'), ...metrics(below, '/m/below'), ...catchAll('errors')];
    await load([...metrics(one, '/m'), ...rest], { [one]: { token: 'abc' } });
    should(await saidBy(two)).equal('Path: other metrics have /m already');
    const isReadAt = async (path: string): Promise<boolean> => (await request(nodeApp()).get(path)).status === 200;
    should(await isReadAt('/m/below/metrics')).be.true();
    should(await isReadAt('/m/metrics')).be.false();
    await deploy(rest, 'nodes');
    should(await comesTrue(() => isReadAt('/m/metrics'))).be.true();
  });
});
