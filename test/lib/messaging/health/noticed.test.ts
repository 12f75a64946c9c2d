import should from 'should';
import type { GatewayClientOptions } from '../../../../lib/gateway-api';
import type { SimulatorOptions } from '../../../../simulator';
import { textOf } from '../../../support/architecture/sources';
import { WatchedSimulator } from '../../../support/watching/WatchedSimulator';

interface Trouble {
  simulated?: SimulatorOptions;
  client?: Partial<GatewayClientOptions>;
  /** What was so before. */
  before?: (watched: WatchedSimulator) => Promise<void>;
  begin: (watched: WatchedSimulator) => unknown;
}

type Scene = WatchedSimulator;
const fault =
  (kind: Parameters<Scene['simulator']['fault']>[0]['fault'], path?: string) =>
  ({ simulator }: Scene): void =>
    simulator.fault({ fault: kind, ...(path && { path }) });
const stuck = ({ simulator }: Scene): void => {
  for (const port of simulator.ports) port.stuck = true;
};
const lie = ({ simulator }: Scene): void => {
  for (const port of simulator.ports) port.lying = true;
};
const testing = async (watched: Scene): Promise<void> => {
  watched.wantCanary(0.5);
  await watched.pass(120);
  should(watched.canary?.arrivedAt).be.a.Number();
};
const send = async (watched: Scene, count: number, to?: string): Promise<void> => {
  for (let place = 0; place < count; place++) await watched.take({ to });
};
const QUERIES = ['/api/query_sms_result', '/api/query_sms_in_queue', '/api/query_sms_deliver_status'];

/** What can happen, by the words of docs/watching.md. */
const TROUBLES: Record<string, Trouble> = {
  'the gateway takes connections and answers nothing': { begin: fault('hang') },
  'it refuses connections, or is off': { begin: fault('refuse') },
  'it answers every request with a web page': { begin: fault('html') },
  'it answers every request with half an answer': { begin: fault('truncate') },
  'it sends every request elsewhere (redirect to https)': { begin: fault('redirect') },
  'it refuses the login: its password is another one': {
    simulated: { login: 'digest' },
    client: { username: 'admin', password: 'admin' },
    begin: ({ simulator }) => simulator.setPassword('another'),
  },
  'it reboots, and is back after two minutes': { begin: ({ simulator }) => simulator.reboot({ seconds: 120 }) },
  'it reboots, and is back after half a minute': { begin: ({ simulator }) => simulator.reboot({ seconds: 30 }) },
  'it answers every request with an error, and an SMS is to go': {
    begin: (watched) => {
      fault('error500')(watched);
      return send(watched, 1);
    },
  },
  'it answers every request with an error, and an urgent SMS is to go': {
    begin: (watched) => {
      fault('error500')(watched);
      return watched.take({ priority: 'high' });
    },
  },
  'all SIMs lose their network': {
    begin: ({ simulator }) => {
      for (const port of simulator.ports) port.unregister();
    },
  },
  'one SIM of several loses its network': { begin: ({ simulator }) => simulator.port(3).unregister() },
  'it accepts SMS and its modems send nothing': {
    begin: (watched) => {
      stuck(watched);
      return send(watched, 1);
    },
  },
  'it accepts urgent SMS and its modems send nothing': {
    begin: (watched) => {
      stuck(watched);
      return watched.take({ priority: 'high' });
    },
  },
  'it says of each of several SMS that it failed': { begin: (watched) => send(watched, 8, '+999000001') },
  'it says of each of several SMS that it was sent, and the reports say undelivered': {
    begin: (watched) => send(watched, 8, '+999000002'),
  },
  'it says of each SMS that it was sent, and reports stay away, though they came before': {
    begin: (watched) => send(watched, 12, '+999000005'),
  },
  'answers to sending are lost, and by push or question nothing is heard of the SMS': {
    begin: (watched) => {
      fault('hangAfter', '/api/send_sms')(watched);
      watched.simulator.setPushFaults({ lose: 1 });
      for (const path of QUERIES) fault('hang', path)(watched);
      return send(watched, 1);
    },
  },
  'pushes are lost, and three SMS go out': {
    begin: (watched) => {
      watched.simulator.setPushFaults({ lose: 1 });
      return send(watched, 3);
    },
  },
  'its clock is set two minutes ahead, and SMS go out': {
    begin: (watched) => {
      watched.simulator.setClocks({ device: 120 });
      return send(watched, 2);
    },
  },
  "what waits can't be kept safely": {
    begin: (watched) => {
      watched.isDurable = false;
    },
  },
  'it says of each SMS that it was sent and delivered, and sends nothing; a test SMS each half hour': {
    before: testing,
    begin: lie,
  },
  'it says of each SMS that it failed, and only test SMS are to go, each half hour': {
    before: testing,
    begin: ({ simulator, clock }) => {
      for (const port of simulator.ports) port.setBarred({ how: 'sms', at: clock.now(), why: 'a test' });
    },
  },
  'it accepts SMS and its modems send nothing, and only test SMS are to go, each half hour': {
    before: testing,
    begin: stuck,
  },
  'it says of each SMS that it was sent and delivered, and sends nothing; no test SMS': {
    begin: (watched) => {
      lie(watched);
      return send(watched, 6);
    },
  },
  'Node-RED, or its machine, is gone': { begin: (watched) => watched.endWatching() },
};

interface Row {
  what: string;
  /** Undefined = nothing is told. */
  condition: string | undefined;
  /** Seconds. */
  most: number | undefined;
}

const ROWS: Row[] =
  textOf('docs/watching.md')
    .split('\n## ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (?:what happens|---)/.test(line))
    .map((line) => {
      const [what = '', told = '', after = ''] = line.slice(2, -2).split(' | ');
      const most = /^(\d+) s$/.exec(after.trim())?.[1];
      return { what, condition: /`(.+)`/.exec(told)?.[1], most: most === undefined ? undefined : Number(most) };
    }) ?? [];

describe('what docs/watching.md says is noticed', () => {
  it('is all of what is tried, and nothing else', () => {
    should(ROWS.map(({ what }) => what).sort()).eql(Object.keys(TROUBLES).sort());
  });

  for (const { what, condition, most } of ROWS) {
    const trouble = TROUBLES[what];
    it(`${what}: ${condition ?? 'nothing'}`, async () => {
      const watched = await WatchedSimulator.start(trouble?.simulated, trouble?.client);
      try {
        // The gateway has worked: it was asked, has sent, was heard to report and to push.
        await send(watched, 6);
        await trouble?.before?.(watched);
        await watched.pass(60);
        should(watched.told).eql([]);
        watched.begin();
        await trouble?.begin(watched);
        await watched.passUntil(() => watched.told.length > 0, most ?? 600);
        const [first] = watched.told;
        should(first?.condition).equal(condition);
        if (most === undefined || first === undefined) return;
        should(first.state).equal('raised');
        // A figure that promises much less than is kept would be as wrong as one that isn't kept.
        should(first.after).be.within(most / 2.5, most);
      } finally {
        await watched.close();
      }
    });
  }
});
