import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { deploy, type FlowNode, freshId, inboxOf, inNodeRed, load, logged, nodeOf } from '../support/flow';
import { catchAll, catcher, drawn, tab } from '../support/flow/drawn';
import { describePostgres, PostgresServer } from '../support/postgres';

const DATABASE = 'sms';

describePostgres(() => {
  describe('a store in PostgreSQL', () => {
    inNodeRed();
    let server: PostgresServer;
    let simulator: Simulator;
    let other: Simulator;
    let gateway: string;
    let url: string;
    before(async () => {
      server = await PostgresServer.start();
      await server.query('postgres', `CREATE DATABASE ${DATABASE}`);
      url = await server.url(DATABASE);
    });
    after(() => server.stop());
    beforeEach(async () => {
      [simulator, other] = await Promise.all([startSimulator({ speed: 'fast' }), startSimulator({ speed: 'fast' })]);
      gateway = freshId('gateway');
    });
    afterEach(async () => {
      await Promise.all([simulator.close(), other.close()]);
    });

    const flowWith = (store: object = {}): FlowNode[] => [
      tab,
      { id: `store of ${gateway}`, type: 'dinstar-store', kind: 'postgres', ...store },
      { id: gateway, type: 'dinstar-gateway', url: simulator.url, store: `store of ${gateway}` },
      { id: `${gateway}b`, type: 'dinstar-gateway', url: other.url, store: '' },
      drawn('dinstar-send-sms', 'send', { gateway, until: 'accepted', wires: [['reached'], ['missed']] }),
      drawn('dinstar-send-sms', 'beside', {
        gateway: `${gateway}b`,
        until: 'accepted',
        wires: [['reached'], ['missed']],
      }),
      ...['reached', 'missed'].map(catcher),
      ...catchAll('errors'),
    ];
    const credentials = (connection = url) => ({ [`store of ${gateway}`]: { connection } });
    const receive = (message: { payload?: string } = {}, node = 'send'): void =>
      nodeOf(node).receive({ to: '123', payload: 'Hello', given: message.payload, ...message });
    /** An outcome that the database hadn't noted when it ended may leave once more: it isn't that of the next input. */
    const outcomeOf = (text: string, inbox = inboxOf('reached')): Promise<Record<string, unknown>> =>
      inbox.first(({ given }) => given === text);
    const texts = (): string[] => [...simulator.submitted, ...other.submitted].map(({ text }) => text).sort();

    it('makes its schema, keeps what is sent there, and remembers it over a deploy', async () => {
      await load(flowWith({ schema: 'first' }), credentials());
      receive({ payload: 'one' });
      should((await outcomeOf('one')).payload).match({ ok: true, total: 1 });
      await deploy(flowWith({ schema: 'first', keepDays: 3 }), 'full', credentials());
      receive({ payload: 'two' });
      await outcomeOf('two');
      const rows = await server.query(DATABASE, 'SELECT text FROM first.sms ORDER BY id');
      should(rows.map(({ text }) => text)).eql(['"one"', '"two"']);
      should(texts()).eql(['one', 'two']);
    });

    it('refuses what it can’t keep while the database is away, sends nothing of it, and goes on by itself', async () => {
      await load(flowWith({ schema: 'second' }), credentials());
      receive({ payload: 'before' });
      await outcomeOf('before');
      await server.stop('fast');
      const [errors, beside] = [inboxOf('errors'), inboxOf('reached')];
      receive({ payload: 'refused' });
      should(await errors.first((one) => 'error' in one)).match({ error: { code: 'STORE_UNAVAILABLE' } });
      receive({ payload: 'in the file' }, 'beside');
      await outcomeOf('in the file', beside);
      await server.run();
      const later = inboxOf('reached');
      // The next call tries again after a second.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      receive({ payload: 'after' });
      await outcomeOf('after', later);
      should(texts()).eql(['after', 'before', 'in the file']);
    });

    it('holds what it can’t keep where it shall, until the database is back', async () => {
      await load(flowWith({ schema: 'third', onUnavailable: 'hold' }), credentials());
      receive({ payload: 'before' });
      await outcomeOf('before');
      await server.stop('immediate');
      const reached = inboxOf('reached');
      receive({ payload: 'held' });
      await new Promise((resolve) => setTimeout(resolve, 500));
      should(texts()).eql(['before']);
      await server.run();
      should((await outcomeOf('held', reached)).payload).match({ ok: true });
      should(texts()).eql(['before', 'held']);
    });

    it('goes on by itself where the database wasn’t there at the start: what was held until then leaves, what was refused doesn’t', async () => {
      await server.stop('fast');
      await load(flowWith({ schema: 'fourth', onUnavailable: 'hold' }), credentials());
      const reached = inboxOf('reached');
      receive({ payload: 'held' });
      await deploy(flowWith({ schema: 'fourth' }), 'nodes', credentials());
      const errors = inboxOf('errors');
      receive({ payload: 'refused' });
      should(await errors.first((one) => 'error' in one)).match({ error: { code: 'STORE_UNAVAILABLE' } });
      should(texts()).be.empty();
      await server.run();
      await outcomeOf('held', reached);
      should(texts()).eql(['held']);
    });

    it('takes nothing where a later version has made the schema, and says which two there are', async () => {
      await server.query(DATABASE, 'CREATE SCHEMA late; CREATE TABLE late.version AS SELECT 40 AS version');
      await load(flowWith({ schema: 'late' }), credentials());
      const errors = inboxOf('errors');
      receive();
      const refused = await errors.first((one) => 'to' in one);
      should(refused).match({ error: { code: 'STORE_UNAVAILABLE' } });
      should(JSON.stringify(refused)).match(/has version 40, .* this one knows version \d+/);
      should(texts()).be.empty();
      should(await server.query(DATABASE, "SELECT 1 FROM pg_tables WHERE schemaname = 'late'")).have.length(1);
    });

    it('says nothing of a connection that is none, and takes nothing', async () => {
      await load(flowWith(), credentials('postgres://me:hunter2hunter2@127.0.0.1:x/'));
      const errors = inboxOf('errors');
      receive();
      should(await errors.first((one) => 'to' in one)).match({ error: { cause: { field: 'connection' } } });
      should(JSON.stringify([errors.all, logged()])).not.match(/hunter2/);
      should(simulator.submitted).be.empty();
    });

    it('is one database for all of a Node-RED: a second one takes nothing', async () => {
      const second = { id: 'other store', type: 'dinstar-store', kind: 'postgres', schema: 'another' };
      const flow = flowWith().map((node) => (node.id === `${gateway}b` ? { ...node, store: second.id } : node));
      await load([...flow, second], { ...credentials(), [second.id]: { connection: url } });
      const errors = inboxOf('errors');
      receive({}, 'send');
      receive({}, 'beside');
      const refused = await errors.first((one) => 'to' in one);
      should(JSON.stringify(refused)).match(/one Node-RED uses one database/);
      should([simulator, other].filter(({ submitted }) => submitted.length > 0).length).be.belowOrEqual(1);
    });
  });
});
