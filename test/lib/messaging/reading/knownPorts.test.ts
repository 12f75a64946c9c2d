import should from 'should';
import type { GatewayClient, PortInfo } from '../../../../lib/gateway-api';
import { GatewayError } from '../../../../lib/gateway-api';
import { KnownPorts } from '../../../../lib/messaging/reading/KnownPorts';
import { PortReader } from '../../../../lib/messaging/reading/PortReader';
import { RequestQueue } from '../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock } from '../../../support/FakeClock';

type Api = Pick<GatewayClient, 'getPortInfo'>;
type Told = number[] | GatewayError | 'never';

const upTo = (last: number): number[] => Array.from({ length: last + 1 }, (_, port) => port);

describe('which ports a gateway has', () => {
  /** A gateway that answers what `told` says for all ports, or for those that are asked for. */
  const knowing = (told: (ports?: number[]) => Told) => {
    const clock = new FakeClock();
    const asked: (number[] | undefined)[] = [];
    const api = {
      getPortInfo: ({ port }: { port?: number[] }, { signal }: { signal?: AbortSignal } = {}) => {
        asked.push(port);
        const answer = told(port);
        if (answer === 'never') return new Promise((_, reject) => signal?.addEventListener('abort', reject));
        if (answer instanceof GatewayError) return Promise.reject(answer);
        return Promise.resolve({ info: answer.map((one): PortInfo => ({ port: one, reg: 'REGISTER_OK' })) });
      },
    } as unknown as Api;
    const known = new KnownPorts(new PortReader(new RequestQueue({ api, clock, concurrency: 1 })), clock);
    return { known, asked, clock };
  };
  const eight = (ports?: number[]): Told => (ports ? ports.filter((port) => port < 8) : upTo(7));

  it('are those it ever told of: then nothing is asked', async () => {
    const { known, asked } = knowing(eight);
    known.note(upTo(7).map((port) => ({ port })));
    should(await known.missing([0, 7])).eql([]);
    should(asked).eql([]);
  });

  it('are not those that are neither in the list of all nor told of when asked for alone, and that is believed for a while', async () => {
    const { known, asked, clock } = knowing(eight);
    should(await known.missing([7, 12])).eql([12]);
    should(await known.missing([12])).eql([12]);
    should(asked).eql([undefined, [12]]);
    await clock.advance(30_000);
    should(await known.missing([12])).eql([12]);
    should(asked).have.length(4);
  });

  it('are not doubted for a refusal of what is asked for alone', async () => {
    const refusal = new GatewayError('BAD_REQUEST', 'no', 'refused');
    should(await knowing((ports) => (ports ? refusal : upTo(7))).known.missing([9])).eql([9]);
  });

  const unsure: [string, (ports?: number[]) => Told][] = [
    ['can’t be asked', () => new GatewayError('UNREACHABLE', 'no', 'no')],
    ['tells of no port', () => []],
    ['leaves out a row in its list', (ports) => (ports ? [] : [0, 1, 3])],
    ['cuts its list short, but tells of the port when it is asked for alone', (ports) => ports ?? upTo(3)],
    ['can’t answer for the port alone', (ports) => (ports ? new GatewayError('BAD_REPLY', 'no', 'no') : upTo(3))],
  ];
  for (const [what, told] of unsure) {
    it(`may be any where the gateway ${what}`, async () => {
      should(await knowing(told).known.missing([5])).eql([]);
    });
  }

  it('are more after the gateway was replaced by a bigger one', async () => {
    let last = 7;
    const { known, clock } = knowing((ports) => (ports ? ports.filter((port) => port <= last) : upTo(last)));
    should(await known.missing([12])).eql([12]);
    last = 15;
    await clock.advance(30_000);
    should(await known.missing([12])).eql([]);
    should(known.last).equal(15);
  });

  it('are waited for three seconds at most: an SMS mustn’t wait for that', async () => {
    const { known, clock } = knowing(() => 'never');
    const missing = known.missing([12]);
    await clock.advance(3000);
    should(await missing).eql([]);
  });
});
