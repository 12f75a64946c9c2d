import type { SelfTestReport } from '../../admin/selfTest';
import { OldestOut } from '../../bounded/OldestOut';
import { GatewayError, invalidInput } from '../../gateway-api';
import { cleanNumber, costOf, type SelfTest, testSms, type Way } from '../../messaging';
import type { GatewayNode } from '../gateways/GatewayNode';
import { readOnePort } from '../readPorts';
import type { Red } from '../red';
import type { SharedRuntime } from '../SharedRuntime';
import { adminRoute, gatewayOf } from './routes';

const PATH = 'gateways/:id/self-test';

/**
 * The self-test of deployed gateways. `GET gateways/:id/self-test`: what it costs, and how the last one stands; POST starts
 * one (`{ from, to, number, segments }`), POST `…/abort` ends it.
 */
export function openSelfTests(red: Red, runtime: SharedRuntime): void {
  const tests = new SelfTests(runtime);
  adminRoute(red, { method: 'get', path: PATH, needs: 'dinstar.read' }, (call) => ({
    ...COST,
    report: tests.reportOf(gatewayOf(runtime, call)),
  }));
  adminRoute(red, { method: 'post', path: PATH, needs: 'dinstar.write' }, async (call) => ({
    report: await tests.start(gatewayOf(runtime, call), call.body),
  }));
  adminRoute(red, { method: 'post', path: `${PATH}/abort`, needs: 'dinstar.write' }, async (call) => ({
    report: await tests.abort(gatewayOf(runtime, call)),
  }));
}

/** The cost of every self-test: its mark is always as long. */
const COST = costOf(testSms('0000'));

/** Gateway nodes whose last self-test is kept, those that are gone included. */
const MOST = 100;

/** The last self-test of each gateway node, until Node-RED ends. */
class SelfTests {
  private readonly last = new OldestOut<string, SelfTest>(MOST);

  constructor(private readonly runtime: SharedRuntime) {}

  reportOf({ id }: GatewayNode): SelfTestReport | undefined {
    return this.last.get(id)?.report;
  }

  /** Rejects with `INVALID_INPUT` that names the field, or `BUSY`; then nothing is sent. */
  async start(node: GatewayNode, body: Record<string, unknown>): Promise<SelfTestReport> {
    const way = readWay(node, body);
    const gateway = await node.gateway();
    if (this.last.get(node.id)?.running)
      throw new GatewayError('BUSY', 'A self-test of this gateway is running.', 'no');
    const { clock, random } = this.runtime;
    const createUserIds = (count: number): Promise<number[]> => this.runtime.gateways.reserveUserIds(count);
    const test = gateway.selfTest(way, { clock, random, createUserIds });
    this.last.set(node.id, test);
    void test.run();
    return test.report;
  }

  async abort(node: GatewayNode): Promise<SelfTestReport | undefined> {
    await this.last.get(node.id)?.abort();
    return this.reportOf(node);
  }
}

function readWay({ properties }: GatewayNode, { from, to, number, segments }: Record<string, unknown>): Way {
  const way = {
    from: readOnePort(from, 'from'),
    to: readOnePort(to, 'to'),
    number: cleanNumber(number, properties.plus, 'number'),
  };
  if (way.from === way.to) throw invalidInput('to', 'must be another port than the one that sends');
  // Whoever starts it has been told, and has agreed to, what it costs.
  if (segments !== COST.segments) throw invalidInput('segments', `must be ${COST.segments}, what the self-test costs`);
  return way;
}
