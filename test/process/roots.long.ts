import should from 'should';
import { type Simulator, startSimulator } from '../../simulator';
import { freePort } from '../support/freePort';
import { type FlowNode, startNodeRed, versions } from '../support/node-red';

const SETTINGS: readonly [name: string, settings: object, openPaths: boolean][] = [
  ['httpNodeRoot: false', { httpNodeRoot: false }, false],
  ['httpAdminRoot: false', { httpAdminRoot: false }, true],
  ['httpRoot: false', { httpRoot: false }, false],
  ['disableEditor: true', { disableEditor: true }, true],
];

for (const version of versions) {
  describe(`a real Node-RED ${version} that serves less than all, by its settings.js`, function () {
    this.timeout(5 * 60_000);
    let simulator: Simulator;
    let port: number;
    before(async () => {
      port = await freePort();
    });
    beforeEach(async () => {
      simulator = await startSimulator({ speed: 'fast' });
    });
    afterEach(() => simulator.close());

    for (const [name, settings, openPaths] of SETTINGS) {
      it(`sends, hears pushes where a receiver can hear them, and says where it can't: ${name}`, async () => {
        const nodeRed = await startNodeRed({ version, install: 'link', flows: flows(simulator.url, port), settings });
        try {
          await nodeRed.waitForLog(/sent 1 of 1/, 15_000);
          should(await post(`http://127.0.0.1:${port}/own`)).equal(200);
          await nodeRed.waitForLog(/heard at own: hello/, 5000);
          if (openPaths) {
            should(await post(`${nodeRed.url}/shared`)).equal(200);
            await nodeRed.waitForLog(/heard at shared: hello/, 5000);
          } else {
            await nodeRed.waitForLog(/shared is red common\.status\.invalid_input/, 5000);
            await nodeRed.waitForLog(/caught INVALID_INPUT Path: httpNodeRoot is false in settings\.js/, 5000);
          }
          should(nodeRed.log()).not.match(/TypeError|Uncaught|Unhandled/i);
        } finally {
          should(await nodeRed.stop()).equal(0);
        }
      });
    }
  });
}

const post = async (url: string): Promise<number> => {
  const body = JSON.stringify({ sn: 'dev', sms: [{ incoming_sms_id: 1, port: 0, number: '+49170', text: 'hello' }] });
  return (await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })).status;
};

/** Sends one SMS at the start; has a receiver with a port of its own and one at a path of Node-RED's, and logs what comes. */
function flows(url: string, port: number): FlowNode[] {
  const logs = (id: string, text: string): FlowNode => ({
    ...{ id, type: 'function', z: 'tab', x: 1, y: 1, wires: [] },
    func: `node.warn(${text});`,
  });
  const receiver = (id: string, own: object): FlowNode => ({
    ...{ id, type: 'dinstar-push-receiver', z: 'tab', x: 1, y: 1, gateway: 'gateway', path: `/${id}` },
    ...{ wires: [[`${id}-heard`]], ...own },
  });
  return [
    { id: 'tab', type: 'tab' },
    { id: 'gateway', type: 'dinstar-gateway', url },
    {
      ...{ id: 'go', type: 'inject', z: 'tab', x: 1, y: 1, once: true, onceDelay: 0.1, wires: [['send']] },
      props: [{ p: 'payload', v: 'Hello', vt: 'str' }],
    },
    {
      ...{ id: 'send', type: 'dinstar-send-sms', z: 'tab', x: 1, y: 1, gateway: 'gateway', until: 'sent' },
      ...{ to: '+491701234567', toType: 'str', wires: [['sent'], ['sent'], []] },
    },
    logs('sent', "'sent ' + msg.payload.recipients.length + ' of 1'"),
    receiver('own', { listen: port }),
    receiver('shared', {}),
    logs('own-heard', "'heard at own: ' + JSON.stringify(msg).match(/hello/)"),
    logs('shared-heard', "'heard at shared: ' + JSON.stringify(msg).match(/hello/)"),
    { id: 'status', type: 'status', z: 'tab', x: 1, y: 1, scope: ['shared'], wires: [['shown']] },
    { id: 'catch', type: 'catch', z: 'tab', x: 1, y: 1, scope: null, wires: [['caught']] },
    logs('caught', "'caught ' + msg.error.code + ' ' + msg.error.message"),
    logs('shown', "'shared is ' + msg.status.fill + ' ' + msg.status.text.split(':').pop()"),
  ];
}
