import should from 'should';
import { type GatewayClient, GatewayError } from '../../../../lib/gateway-api';
import type { Gateway } from '../../../../lib/messaging/Gateway';
import { Pushes } from '../../../../lib/messaging/Pushes';
import { PortReader } from '../../../../lib/messaging/reading/PortReader';
import { QueryReader } from '../../../../lib/messaging/reading/QueryReader';
import { RequestQueue } from '../../../../lib/messaging/requestQueue/RequestQueue';
import type { GatewayNode } from '../../../../lib/runtime/gateways/GatewayNode';
import type { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';
import { addressOf } from '../../../../lib/runtime/sidebar/readGateway';
import { Sidebar } from '../../../../lib/runtime/sidebar/Sidebar';
import type { SidebarSnapshot } from '../../../../lib/sidebar/snapshot';
import { FakeClock } from '../../../support/FakeClock';

/** A gateway that answers at once, and counts how often it was asked. */
class QuietGateway {
  asked = 0;
  failure: Error | undefined;
  reg = 'REGISTER_OK';
  readonly pushes = new Pushes();
  readonly home = { country: 'AT' };
  readonly device: Gateway['device'];
  readonly queries: QueryReader;
  readonly portReader: PortReader;
  readonly clocks: { ahead: { device?: number; network?: number } } = { ahead: {} };
  readonly contact = { answered: undefined as number | undefined };

  constructor(clock: FakeClock) {
    const getPortInfo = async () => {
      this.asked += 1;
      if (this.failure) throw this.failure;
      this.contact.answered = clock.now();
      return { error_code: 200, info: [{ port: 0, reg: this.reg }] };
    };
    const api = {
      clockAhead: 2400,
      getPortInfo,
      querySmsInQueue: async () => ({ in_queue: 2 }),
      contact: this.contact,
    };
    const requests = new RequestQueue({ api: api as unknown as GatewayClient, clock, concurrency: 1 });
    this.device = requests.api;
    this.queries = new QueryReader(requests);
    this.portReader = new PortReader(requests);
  }

  isOurs = true;
  lease: { holder: string | undefined } | undefined;
  readonly sims = { known: async () => [] };
  readonly sms = {
    queue: {
      inQueue: 7,
      hourlyLimit: async () => ({ count: 3, limit: 3 }),
      resetHourlyLimit: (): void => undefined,
    },
  };
}

const nodeOf = (id: string, url = 'http://admin:s3cret@10.0.0.1/api'): GatewayNode =>
  ({ id, identity: { id, name: `name of ${id}`, sn: 'sn' }, properties: { url } }) as unknown as GatewayNode;

describe('the sidebar', () => {
  let clock: FakeClock;
  let gateways: Map<string, QuietGateway>;
  let nodes: GatewayNode[];
  let waiting: number;
  const wrong = [{ condition: 'no-ready-sim', since: 1000, text: 'a: no SIM is registered for 70 s.' }];
  let published: { session: string; snapshot: SidebarSnapshot }[];
  let sidebar: Sidebar;
  beforeEach(() => {
    clock = new FakeClock();
    gateways = new Map([['a', new QuietGateway(clock)]]);
    nodes = [nodeOf('a')];
    waiting = 5;
    published = [];
    let tickets = 0;
    sidebar = new Sidebar({
      clock,
      createTicket: () => `ticket ${++tickets}`,
      nodes: { all: () => nodes } as GatewayNodes,
      getGateway: (id) => gateways.get(id) as unknown as Gateway,
      getWaitingCounts: async ([gateway = ''], most) => [{ gateway, count: Math.min(waiting, most), held: 0 }],
      getHeldCounts: async () => [],
      getJobs: async () => ({ jobs: [], more: 0 }),
      getConditions: (id) => (id === 'a' ? wrong : []),
      onSnapshot: (session, snapshot) => published.push({ session, snapshot }),
    });
  });
  const asked = (id = 'a'): number => gateways.get(id)?.asked ?? 0;
  const look = (session = 'editor'): string => {
    const ticket = sidebar.leases.grant();
    sidebar.show(ticket, session);
    return ticket;
  };

  it("tells both clocks as far as they are known: the device's by its records, else by its web server", async () => {
    should((await sidebar.snapshot()).gateways[0]?.clocks).eql({ device: 2 });
    const gateway = gateways.get('a');
    if (gateway) gateway.clocks.ahead = { device: -28_800, network: 0 };
    should((await sidebar.snapshot()).gateways[0]?.clocks).eql({ device: -28_800, network: 0 });
    gateways.clear();
    should((await sidebar.snapshot()).gateways[0]).not.have.property('clocks');
  });

  it('shows what is wrong with a gateway, as the watch tells it', async () => {
    should((await sidebar.snapshot()).gateways[0]?.conditions).eql(wrong);
  });

  it('asks no gateway and sets no timer while nobody looks', async () => {
    sidebar.met(['a'], 'NO_PORT');
    await clock.advance(3_600_000);
    should(asked()).equal(0);
    should(clock.running).equal(0);
  });

  it('asks every five seconds while somebody looks, and stops with the last one', async () => {
    const one = look();
    const other = look('another editor');
    await clock.advance(0);
    should(asked()).equal(1);
    await clock.advance(20_000);
    should(asked()).equal(5);
    sidebar.leases.end(one);
    await clock.advance(5000);
    should(asked()).equal(6);
    sidebar.leases.end(other);
    await clock.advance(60_000);
    should(asked()).equal(6);
    should(clock.running).equal(0);
  });

  it('stops by itself when a browser is gone without a word', async () => {
    look();
    await clock.advance(60_000);
    const before = asked();
    await clock.advance(600_000);
    should(asked()).equal(before);
    should(clock.running).equal(0);
  });

  it('sends everything first, then only when something has changed, and only to who has shown a ticket', async () => {
    sidebar.leases.grant();
    look();
    sidebar.show('guessed', 'stranger');
    await clock.advance(1000);
    should(published.map(({ session }) => session)).matchEach('editor');
    should(published.at(-1)?.snapshot.gateways[0]).match({ state: { code: 'OK', level: 'good' } });
    const before = published.length;
    await clock.advance(3000);
    should(published).have.length(before);
    sidebar.met(['a'], 'NO_PORT');
    await clock.advance(1000);
    should(published).have.length(before + 1);
    should(published.at(-1)?.snapshot.gateways[0]?.state).match({ code: 'NO_PORT', level: 'waiting' });
  });

  it('sends everything anew to an editor whose connection came back', async () => {
    const ticket = look();
    await clock.advance(3000);
    const before = published.length;
    sidebar.show(ticket, 'editor, connected again');
    await clock.advance(0);
    should(published.slice(before).map(({ session }) => session)).eql(['editor, connected again']);
  });

  it('shows how a gateway does, without its login', async () => {
    look();
    await clock.advance(0);
    const [gateway] = (await sidebar.snapshot()).gateways;
    should(gateway).match({
      ...{ id: 'a', name: 'name of a', sn: 'sn', address: 'http://10.0.0.1/api' },
      queue: { here: 5, there: 2 },
      hourlyLimit: { count: 3, limit: 3, held: true },
      ports: [{ port: 0, level: 'good' }],
    });
    should(JSON.stringify(gateway)).not.match(/s3cret|admin/);
  });

  it('goes on asking one gateway where another doesn’t answer', async () => {
    gateways.set('b', new QuietGateway(clock));
    nodes.push(nodeOf('b'));
    for (const gateway of gateways.values()) gateway.failure = undefined;
    const away = gateways.get('a');
    if (away) away.failure = new GatewayError('UNREACHABLE', 'refused', 'no');
    look();
    await clock.advance(10_000);
    const { gateways: shown } = published.at(-1)?.snapshot ?? { gateways: [] };
    should(shown.map(({ state }) => state.code)).eql(['UNREACHABLE', 'OK']);
    should(asked('b')).equal(3);
  });

  it('says which machine talks to a gateway, and asks none that is another machine’s', async () => {
    const first = async () => (await sidebar.snapshot()).gateways[0];
    should(await first()).not.have.property('holder');
    const gateway = gateways.get('a');
    if (!gateway) throw new Error('there is none');
    gateway.lease = { holder: 'line 2' };
    gateway.isOurs = false;
    look();
    await clock.advance(20_000);
    should(asked()).equal(0);
    should(await first()).match({
      state: { code: 'FOLLOWS', level: 'unknown' },
      holder: { name: 'line 2', isThis: false },
    });
    gateway.isOurs = true;
    gateway.lease = { holder: 'line 1' };
    await clock.advance(5000);
    should(asked()).equal(1);
    should(await first()).match({ state: { code: 'OK' }, holder: { name: 'line 1', isThis: true } });
    gateway.isOurs = false;
    gateway.lease = { holder: undefined };
    should((await first())?.holder).eql({ isThis: false });
  });

  it('follows a deploy: another line is asked, a gateway that is gone no longer', async () => {
    look();
    await clock.advance(0);
    const former = gateways.get('a');
    gateways.set('a', new QuietGateway(clock));
    await clock.advance(6000);
    should(former?.asked).equal(1);
    should(asked()).equal(2);
    nodes = [];
    await clock.advance(1000);
    const before = asked();
    await clock.advance(20_000);
    should(asked()).equal(before);
    should(published.at(-1)?.snapshot.gateways).eql([]);
  });

  it('says of a gateway without an address that it isn’t configured', async () => {
    nodes = [nodeOf('without', '')];
    should((await sidebar.snapshot()).gateways[0]).match({
      state: { code: 'NOT_CONFIGURED', level: 'bad' },
      queue: {},
    });
  });

  it('hears what a gateway pushes, until it is taken away', async () => {
    const gateway = gateways.get('a') as unknown as Gateway;
    const end = sidebar.attach(gateway, nodes[0] as GatewayNode);
    await gateway.pushes.tell({ sms: [{ incoming_sms_id: 1, port: 0, number: '77', smsc: '', text: 'Hi' }] });
    const up = { port: 0, iccid: '', imsi: '', number: '', status: 'up' };
    await gateway.pushes.tell({ register: [up, { ...up, status: 'down' }] });
    end();
    await gateway.pushes.tell({ ussd: [{ port: 0, text: 'late' }] });
    const [shown] = (await sidebar.snapshot()).gateways;
    should(shown?.sms.map(({ text }) => text)).eql(['Hi']);
    should(shown?.events.map(({ code }) => code)).eql(['DOWN']);
  });

  it('counts what waits only so far: a million SMS must not hold the others up', async () => {
    waiting = 1_000_000;
    should((await sidebar.snapshot()).gateways[0]?.queue.here).equal(10_000);
  });

  it('shows no login of an address, however it is written', () => {
    should(addressOf('https://user:pass@gw.example:8443/x')).equal('https://gw.example:8443/x');
    should(addressOf('http://user:pa ss@gw')).not.match(/pa ss/);
    should(addressOf('simulator:farm')).equal('simulator:farm');
  });
});
