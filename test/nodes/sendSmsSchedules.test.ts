import should from 'should';
import type { Outcome } from '../../lib/messaging/sms/outcome/outcome';
import { simulatorTime } from '../../lib/runtime/gateways/simulatorTime';
import { type Simulator, startSimulator } from '../../simulator';
import { type FlowNode, freshId, inboxOf, inNodeRed, load, nodeOf } from '../support/flow';
import { catcher, drawn, tab } from '../support/flow/drawn';
import { FlowClock } from '../support/flow/FlowClock';

const clock = new FlowClock();
const HOUR = 3_600_000;

describe('send sms, by the clock, with others', () => {
  inNodeRed(clock);
  let simulators: Simulator[];
  let gateways: string[];
  let send: string;
  let left: ReturnType<typeof inboxOf>;
  let told: ReturnType<typeof inboxOf>;
  beforeEach(async () => {
    const options = { ...simulatorTime(clock), speed: 'fast' } as const;
    simulators = [await startSimulator(options), await startSimulator(options)];
    gateways = simulators.map(() => freshId('gateway'));
    send = freshId('send');
  });
  afterEach(() => Promise.all(simulators.map((simulator) => simulator.close())));

  const flow = (properties: object, ofGateways: object[] = [{}, {}]): FlowNode[] => [
    tab,
    ...simulators.map(({ url }, place) => ({
      ...{ id: gateways[place] ?? '', type: 'dinstar-gateway', url, timezone: 'UTC', name: `gateway ${place}` },
      ...{ queueLimit: 0, ...ofGateways[place] },
    })),
    drawn('dinstar-send-sms', send, {
      ...{
        gateway: gateways[0],
        wires: [['outcomes'], ['outcomes'], ['told']],
        until: 'accepted',
        untilType: 'str',
        updates: 'none',
      },
      ...{ control: true, wait: '0', ...properties },
    }),
    ...['outcomes', 'told'].map(catcher),
  ];
  const deployed = async (nodes: FlowNode[]): Promise<void> => {
    await load(nodes);
    [left, told] = [inboxOf('outcomes'), inboxOf('told')];
  };
  const receive = (message: object): void => nodeOf(send).receive(message);
  const requestsOf = (place: number): number =>
    simulators[place]?.requests.filter(({ path }) => path === '/api/send_sms').length ?? 0;
  const outcomes = (): Outcome[] => left.all.map(({ payload }) => payload as Outcome);
  /** The wall clock in UTC that comes in so many ms. */
  const wallIn = (ms: number): string => new Date(clock.now() + ms).toISOString().slice(0, 19);
  const rows = (count: number): object[] =>
    Array.from({ length: count }, (_, at) => ({ number: 5000 + at, name: `N${at}` }));

  it('what waits for one moment shares its requests when that comes, inputs of several messages together', async () => {
    await deployed(
      flow({ text: '{{name}}', textType: 'str', literal: false, sendAt: 'sendAt', sendAtType: 'msg' }, [
        { combine: 'all' },
        {},
      ]),
    );
    const sendAt = wallIn(HOUR);
    receive({ to: rows(200), sendAt });
    receive({ to: rows(100).map((row) => ({ ...row, name: 'again' })), sendAt });
    await clock.advance(HOUR - 2000);
    should(requestsOf(0)).equal(0);
    should(await clock.until(() => outcomes().length === 2, 60_000)).be.true();
    should(
      outcomes()
        .map(({ ok, total }) => `${ok} ${total}`)
        .sort(),
    ).eql(['true 100', 'true 200']);
    // 300 in requests of 128.
    should(requestsOf(0)).equal(3);
    const sent = simulators[0]?.submitted.map(({ number, text }) => `${number} ${text}`) ?? [];
    should(new Set(sent).size).equal(300);
  });

  it('what is spread goes one by one however much might be combined', async () => {
    await deployed(flow({ text: 'Hello', textType: 'str', spread: '600' }, [{ combine: 'all' }, {}]));
    receive({ to: rows(10) });
    await clock.advance(9 * 60_000 - 1000);
    should(simulators[0]?.submitted).have.length(9);
    should(await clock.until(() => outcomes().length === 1, 120_000)).be.true();
    should(requestsOf(0)).equal(10);
  });

  it('a time without a zone is by the clocks of the gateway that a message chooses', async () => {
    const zones = [{ timezone: 'Asia/Kolkata' }, { timezone: 'Asia/Tokyo' }];
    const chosen = { gatewayFrom: 'msg', sendAt: 'sendAt', sendAtType: 'msg' };
    await deployed(flow({ text: 'Hello', textType: 'str', ...chosen }, zones));
    // The same words mean two moments: an hour from now in Tokyo, and 3.5 hours later in Kolkata.
    const sendAt = wallIn(10 * HOUR);
    for (const gateway of gateways) receive({ to: '123', gateway, sendAt });
    const sent = (): number[] => simulators.map(({ submitted }) => submitted.length);
    await clock.advance(HOUR - 60_000);
    should(sent()).eql([0, 0]);
    await clock.advance(2 * 60_000);
    should(sent()).eql([0, 1]);
    await clock.advance(3.5 * HOUR - 2 * 60_000);
    should(sent()).eql([0, 1]);
    await clock.advance(2 * 60_000);
    should(sent()).eql([1, 1]);
  });

  it('a job on several gateways is paused and stopped on each where no message says which', async () => {
    const held = {
      sendAt: 'sendAt',
      sendAtType: 'msg',
      gatewayFrom: 'msg',
      job: 'all',
      text: 'Hello',
      textType: 'str',
    };
    await deployed(flow(held));
    for (const gateway of gateways) receive({ to: '1, 2, 3', gateway, sendAt: wallIn(HOUR) });
    await clock.advance(1000);
    const answers = (): object[] => told.all.map(({ payload }) => payload as object);
    receive({ action: 'pause', job: 'all' });
    should(await clock.until(() => answers().length === 1)).be.true();
    should(answers()[0]).match({ jobs: ['all'], waiting: 6, held: 6, stopped: 0, expires_iso: /Z$/ });
    await clock.advance(2 * HOUR);
    should(simulators.map(({ submitted }) => submitted.length)).eql([0, 0]);
    receive({ action: 'stop', job: 'all' });
    should(await clock.until(() => answers().length === 2)).be.true();
    should(answers()[1]).match({ waiting: 0, stopped: 6, left: [] });
    should(await clock.until(() => outcomes().length === 2)).be.true();
    should(simulators.map(({ submitted }) => submitted.length)).eql([0, 0]);
  });

  it('what is paused expires at the end of its validity, and isn’t sent when its job goes on', async () => {
    const flows = flow({ text: 'Hello', textType: 'str', job: 'j', validity: '3600', validityType: 'num' });
    await deployed(flows);
    receive({ action: 'pause' });
    receive({ to: '1, 2' });
    await clock.advance(1000);
    receive({ action: 'pause', job: 'j' });
    should(await clock.until(() => told.all.length === 2)).be.true();
    receive({ to: '3, 4' });
    await clock.advance(3_590_000);
    should(outcomes()).be.empty();
    should(await clock.until(() => outcomes().length === 2, 300_000)).be.true();
    const expired = [{ status: 'EXPIRED' }, { status: 'EXPIRED' }];
    should(outcomes()).match([
      { ok: false, recipients: expired },
      { ok: false, recipients: expired },
    ]);
    receive({ action: 'resume' });
    await clock.advance(60_000);
    should(simulators[0]?.submitted).be.empty();
  });
});
