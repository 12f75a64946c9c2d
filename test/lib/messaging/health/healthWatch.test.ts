import should from 'should';
import { defaultRule } from '../../../../lib/properties/conditions';
import { MemoryStore } from '../../../../lib/store';
import { WatchedCore } from '../../../support/core/WatchedCore';

describe('the watch of gateways', () => {
  let watched: WatchedCore;
  beforeEach(async () => {
    watched = await WatchedCore.start();
    watched.answer();
  });
  afterEach(() => watched.close());

  it('tells once that a gateway is silent and once that it answers again, however it flaps in between', async () => {
    await watched.deploy();
    await watched.pass(60);
    should(watched.moments).eql([]);
    watched.hang();
    for (let round = 0; round < 30; round++) {
      await watched.pass(7);
      if (round < 6) watched.heard();
    }
    should(watched.told.map(({ condition, state }) => `${condition} ${state}`)).eql(['gateway-unreachable raised']);
    const [raised] = watched.told;
    should(raised).match({ gateway: 'gateway', threshold: 60 });
    should(raised?.value).be.within(60, 90);
    watched.answer();
    await watched.pass(4);
    watched.hang();
    await watched.pass(3);
    watched.answer();
    await watched.pass(60);
    should(watched.told.map(({ condition, state }) => `${condition} ${state}`)).eql([
      'gateway-unreachable raised',
      'gateway-unreachable cleared',
    ]);
    should(watched.told[1]).match({ value: 0, since: raised?.since });
  });

  it('asks a gateway of which nothing was heard for 20 s, and only while it is deployed', async () => {
    const stopReading = watched.health.read();
    await watched.pass(120);
    should(watched.api.portsAsked).equal(0);
    await watched.deploy();
    await watched.pass(120);
    should(watched.api.portsAsked).be.within(4, 6);
    await watched.undeploy();
    const before = watched.api.portsAsked;
    await watched.pass(120);
    should(watched.api.portsAsked).equal(before);
    stopReading();
  });

  it('asks of the SIMs once a minute where the gateway is heard all the time', async () => {
    await watched.deploy();
    for (let second = 0; second < 240; second += 5) {
      watched.heard();
      await watched.pass(5);
    }
    should(watched.api.portsAsked).be.within(3, 4);
  });

  it('asks no second question while the first is open', async () => {
    let answer = (): void => undefined;
    watched.api.portAnswer = () =>
      new Promise<void>((resolve) => {
        answer = resolve;
      });
    await watched.deploy();
    await watched.pass(600);
    should(watched.api.portsAsked).equal(1);
    answer();
  });

  it('repeats nothing after a deploy or a restart, and forgets nothing', async () => {
    const store = new MemoryStore({ random: Math.random });
    await watched.close();
    watched = await WatchedCore.start({ store });
    watched.hang();
    await watched.deploy();
    await watched.pass(200);
    should(watched.moments).have.length(1);
    await watched.deploy();
    await watched.pass(200);
    should(watched.moments).have.length(1);
    await watched.undeploy();
    const next = await WatchedCore.start({ store });
    await next.deploy();
    next.hang();
    await next.pass(300);
    should(next.told).eql([]);
    next.answer();
    await next.pass(60);
    should(next.told.map(({ condition, state, since }) => ({ condition, state, since }))).eql([
      { condition: 'gateway-unreachable', state: 'cleared', since: watched.told[0]?.since },
    ]);
    await next.deploy();
    await next.pass(60);
    should(next.told).have.length(1);
    await next.close();
    await store.open();
  });

  it('tells it again where nobody was there to be told', async () => {
    watched.hang();
    watched.isAway = true;
    await watched.deploy();
    await watched.pass(200);
    watched.isAway = false;
    await watched.pass(30);
    should(watched.told.map(({ state }) => state)).eql(['raised']);
  });

  it('says nothing while a deploy replaces the nodes, and ends without waiting for that', async () => {
    let ready = Promise.resolve();
    await watched.close();
    const flows = { untilReady: () => ready, untilHandedOn: () => Promise.resolve() };
    watched = await WatchedCore.start({ flows });
    watched.hang();
    await watched.deploy();
    await watched.pass(60);
    ready = new Promise(() => undefined);
    await watched.pass(200);
    await watched.undeploy();
    should(watched.told).eql([]);
  });

  it('knows only the rules it was given, and the gateways', async () => {
    watched.hang();
    await watched.deploy({ rules: [defaultRule('clock-off')] });
    await watched.pass(200);
    await watched.deploy({ gateways: ['another'] });
    await watched.pass(200);
    should(watched.told).eql([]);
    await watched.deploy({ gateways: ['gateway'], rules: [{ ...defaultRule('gateway-unreachable'), threshold: 400 }] });
    await watched.pass(30);
    should(watched.told.map(({ state, threshold }) => `${state} ${threshold}`)).eql(['raised 400']);
  });

  it('is over without a word for what nobody watches any more', async () => {
    watched.hang();
    await watched.deploy();
    await watched.pass(200);
    await watched.deploy({ rules: [defaultRule('clock-off')] });
    await watched.pass(30);
    await watched.deploy();
    await watched.pass(60);
    should(watched.told.map(({ state }) => state)).eql(['raised', 'raised']);
  });

  it('goes on where the store cannot say what was told', async () => {
    const notes = watched.store.notes.bind(watched.store);
    watched.store.notes = () => Promise.reject(new Error('gone'));
    watched.hang();
    await watched.deploy();
    await watched.pass(200);
    watched.store.notes = notes;
    should(watched.told.map(({ condition }) => condition)).eql(['gateway-unreachable']);
    should(watched.core.failures).containEql('Error: gone');
  });

  it('tells the reasons by the watch nodes, and by the defaults where there is none', async () => {
    const stopReading = watched.health.read();
    watched.isDurable = false;
    await watched.pass(30);
    should(watched.health.reasons.map(({ condition }) => condition)).eql(['store-not-durable']);
    await watched.deploy({ rules: [{ ...defaultRule('no-ready-sim'), threshold: 5 }] });
    watched.api.ready = [];
    await watched.pass(90);
    should(watched.health.reasons.map(({ condition }) => condition)).eql(['no-ready-sim']);
    stopReading();
  });
});
