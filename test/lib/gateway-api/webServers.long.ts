// REQUESTS: how many calls each server gets (1000).
import should from 'should';
import { type Simulator, startSimulator } from '../../../simulator';
import { startCutter } from '../../support/servers/cutter';
import { type LoadFound, loadOn } from '../../support/servers/load';
import { apache, isInstalled, lighttpd, startWebServer, type WebServerKind } from '../../support/servers/webServer';
import { fromEnvironment } from '../../support/violence/budget';

const REQUESTS = fromEnvironment('REQUESTS', 1000);
const CLIENTS = 20;
/** A client finds out by itself whether connections are kept: that costs it a request. */
const CALLS = Math.ceil(REQUESTS / CLIENTS);
const IDLES = [1, 2, 3, 4, 5];
const PROGRAMS: [string, WebServerKind][] = [
  ['lighttpd', lighttpd],
  ['Apache', apache],
];

/** A gateway that takes as many SMS as it is given. */
const bigGateway = (): Promise<Simulator> => startSimulator({ speed: 'fast', timezone: 'UTC' });

function check(name: string, found: LoadFound): void {
  const { calls, requests, connections, errors, sms, twice, missing } = found;
  const per = (requests / calls).toFixed(3);
  console.log(
    `      ${name}: ${calls} calls (${sms} SMS), ${requests} requests (${per} a call), ${connections} connections, ` +
      `errors ${JSON.stringify(errors)}, ${twice} submitted twice, ${missing} missing`,
  );
  should({ errors, twice, missing }).eql({ errors: {}, twice: 0, missing: 0 });
  should(requests / calls).be.belowOrEqual(1.1);
}

describe('1,000 calls each to web servers that end their connections', function () {
  this.timeout(10 * 60_000);

  for (const [name, kind] of PROGRAMS) {
    if (!isInstalled(kind)) {
      console.log(`      left out: ${name} is not installed (${kind.program})`);
      continue;
    }
    it(`all answered, none submitted twice: ${name}, idle connections dropped after 1 to 5 s`, async () => {
      const found = await Promise.all(
        IDLES.map(async (idle) => {
          const simulator = await bigGateway();
          const server = await startWebServer(kind, simulator.url, idle).catch(async (error) => {
            await simulator.close();
            throw error;
          });
          // Some calls one after the other, some as far apart as the server waits, and a little more.
          const pause = (): number => (Math.random() < 0.3 ? 0 : Math.random() * (idle + 1.5) * 1000);
          try {
            return await loadOn(server.url, simulator, { clients: CLIENTS, calls: CALLS, pause });
          } finally {
            await server.close();
            await simulator.close();
          }
        }),
      );
      for (const [index, one] of found.entries()) check(`${name}, idle ${IDLES[index]} s`, one);
    });
  }

  it('all answered, none submitted twice: one request a connection, ended 0 to 50 ms after the answer', async () => {
    for (const ms of [0, 1, 3, 10, 15, 30, 50]) {
      const simulator = await bigGateway();
      const cutter = await startCutter(simulator.url, ms);
      const pause = (): number => (Math.random() < 0.5 ? 0 : Math.random() * 2 * ms);
      try {
        check(`cut after ${ms} ms`, await loadOn(cutter.url, simulator, { clients: CLIENTS, calls: CALLS, pause }));
      } finally {
        cutter.close();
        await simulator.close();
      }
    }
  });
});
