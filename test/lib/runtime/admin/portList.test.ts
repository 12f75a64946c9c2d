import should from 'should';
import request, { type Test } from 'supertest';
import { networkOf } from '../../../../lib/runtime/admin/PortList';
import { type Simulator, startSimulator } from '../../../../simulator';
import { adminApp, freshId, inNodeRed, load } from '../../../support/flow';

describe("a gateway's ports for the editor", () => {
  inNodeRed();
  let simulator: Simulator;
  let gateway: string;
  beforeEach(async () => {
    simulator = await startSimulator({ speed: 'fast', ports: 2 });
    gateway = freshId('gateway');
  });
  afterEach(() => simulator.close());
  const asked = (id = gateway): Test => request(adminApp()).get(`/dinstar/admin/gateways/${id}/port-list`);
  const deployed = (properties: object = {}): Promise<void> =>
    load([{ id: gateway, type: 'dinstar-gateway', url: simulator.url, ...properties }]);

  it('are those it has, with number, network, signal and registration, and no more of a SIM than that', async () => {
    simulator.port(1).loseSim();
    await deployed();
    const { body } = await asked().expect(200);
    should(body.ports).eql([
      { port: 0, number: '99970100000', network: '999 70', signal: 15, reg: 'REGISTER_OK', ready: true },
      { port: 1, signal: 0, reg: 'NO_SIM', ready: false },
    ]);
  });

  it('are asked for once, however many dialogs want them at a time', async () => {
    await deployed();
    const before = simulator.requests.length;
    await Promise.all([asked().expect(200), asked().expect(200)]);
    await asked().expect(200);
    should(simulator.requests.length - before).equal(1);
  });

  it('are told without what the gateway refuses to tell', async () => {
    await simulator.close();
    simulator = await startSimulator({ speed: 'fast', ports: 1, refusesInfo: ['number', 'signal'] });
    await deployed();
    const { body } = await asked().expect(200);
    should(body.ports).eql([{ port: 0, network: '999 70', reg: 'REGISTER_OK', ready: true }]);
  });

  it("can't be told of a gateway that isn't deployed, or can't be reached", async () => {
    // Long enough for the question to leave on a busy machine: what hasn't left is UNREACHABLE.
    await deployed({ timeout: 2 });
    should((await asked('another').expect(404)).body).match({ code: 'NOT_CONFIGURED' });
    simulator.fault({ fault: 'hang' });
    should((await asked().expect(504)).body).match({ code: 'TIMEOUT' });
  });

  it('belong to the network that their IMSI begins with', () => {
    should(networkOf('232011234567890')).equal('232 01');
    should(networkOf('310260123456789')).equal('310 260');
    for (const none of ['', '<NULL>', '23201']) should(networkOf(none)).be.undefined();
  });
});
