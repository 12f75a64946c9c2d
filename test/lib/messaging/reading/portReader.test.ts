import fc from 'fast-check';
import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { infoTypes, PortReader } from '../../../../lib/messaging/reading/PortReader';
import { RequestQueue } from '../../../../lib/messaging/requestQueue/RequestQueue';
import { FakeClock } from '../../../support/FakeClock';
import { refusalOf } from '../given';

const TEN = ['type', 'imei', 'imsi', 'iccid', 'number', 'reg', 'slot', 'callstate', 'signal', 'gprs'];

/** A gateway that refuses some info types, and how often it was asked. */
function gatewayThat(refuses: readonly string[], failures: (Error | undefined)[] = []) {
  const asked: string[][] = [];
  const getPortInfo = async ({ info_type, port = [0, 1] }: { info_type: string[]; port?: number[] }) => {
    asked.push(info_type);
    const failure = failures.shift();
    if (failure) throw failure;
    if (port.includes(9) || info_type.some((type) => refuses.includes(type))) throw refusal();
    const told = Object.fromEntries(info_type.map((type) => [type === 'smcsc' ? 'smsc' : type, `${type}!`]));
    return { error_code: 200, info: port.map((one) => ({ port: one, ...told })) };
  };
  const requests = new RequestQueue({ api: { getPortInfo }, clock: new FakeClock(), concurrency: 1 });
  const reader = new PortReader(requests as unknown as ConstructorParameters<typeof PortReader>[0]);
  return { reader, asked };
}

const refusal = (): GatewayError => new GatewayError('BAD_REQUEST', 'no', 'refused', { error_code: 400 });
const lost = (): GatewayError => new GatewayError('UNREACHABLE', 'gone', 'no');
const failureOf = (asking: Promise<unknown>): Promise<unknown> =>
  asking.then(
    () => undefined,
    ({ code }) => code,
  );
const TURN = { kind: 'poll' } as const;

describe('asking about ports', () => {
  it('is one request where the gateway knows all that is asked', async () => {
    const { reader, asked } = gatewayThat([]);
    const { ports, left_out } = await reader.read({ ports: [1], info: ['reg', 'smsc'] }, TURN);
    should(ports).eql([{ port: 1, reg: 'reg!', smsc: 'smcsc!' }]);
    should(left_out).eql([]);
    should(asked).eql([['reg', 'smcsc']]);
  });

  it('finds whatever it refuses, tells the rest, and never asks for it again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray(TEN), async (refused) => {
        const refuses = refused.filter((type) => type !== 'reg');
        const { reader, asked } = gatewayThat(refuses);
        const known = TEN.filter((type) => !refuses.includes(type));
        const wanted = Object.fromEntries(known.map((type) => [type, `${type}!`]));
        for (const _time of [1, 2]) {
          const { ports, left_out } = await reader.read({ info: TEN }, TURN);
          should(ports).eql([0, 1].map((port) => ({ port, ...wanted })));
          should(left_out).eql(refuses);
        }
        should(asked.at(-1)).eql(known);
        should(asked.length).be.belowOrEqual(4 + 2 * TEN.length);
      }),
      { numRuns: 60 },
    );
  });

  it('tries the other name of the message centre', async () => {
    const { reader, asked } = gatewayThat(['smcsc']);
    should((await reader.read({ info: ['reg', 'smsc'] }, TURN)).ports[0]).eql({ port: 0, reg: 'reg!', smsc: 'smsc!' });
    await reader.read({ info: ['reg', 'smsc'] }, TURN);
    should(asked.at(-1)).eql(['reg', 'smsc']);
  });

  it('learns nothing from a port that isn’t there, a refusal that passes, or a connection that breaks', async () => {
    const { reader, asked } = gatewayThat([], [refusal(), undefined, undefined, refusal(), undefined, lost()]);
    await reader.read({ info: TEN }, TURN);
    should(await failureOf(reader.read({ info: TEN }, TURN))).equal('UNREACHABLE');
    should(await failureOf(reader.read({ info: TEN, ports: [9] }, TURN))).equal('BAD_REQUEST');
    await reader.read({ info: TEN }, TURN);
    should(asked.at(-1)).eql(TEN);
  });

  it('says that it knows none of them, and asks no more', async () => {
    const { reader, asked } = gatewayThat(['gprs']);
    should(await failureOf(reader.read({ info: ['gprs'] }, TURN))).equal('BAD_REQUEST');
    const before = asked.length;
    should(await failureOf(reader.read({ info: ['gprs'] }, TURN))).equal('BAD_REQUEST');
    should(asked).have.length(before);
  });

  it('gives those who share an answer records of their own', async () => {
    const { reader, asked } = gatewayThat([]);
    const [one, other] = await Promise.all(['reg', 'reg'].map((type) => reader.read({ info: [type] }, TURN)));
    should(asked).have.length(1);
    should(one?.ports).eql(other?.ports);
    should(one?.ports[0]).not.equal(other?.ports[0]);
  });

  it('knows the message centre by all its names, and refuses what is no word', () => {
    should(infoTypes([' reg', 'smcsc', 'smsc', 'smc', '', 'reg'])).eql(['reg', 'smsc']);
    should(refusalOf(() => infoTypes(['reg,signal'])).field).equal('info');
  });
});

describe('info types that a flow asks for', () => {
  it('are at most 64, of at most 64 characters each', () => {
    const [word, long] = ['x'.repeat(64), 'x'.repeat(65)];
    const many = Array.from({ length: 65 }, (_, place) => `type${place}`);
    should(infoTypes([word])).eql([word]);
    should(infoTypes(many.slice(1))).have.length(64);
    for (const wrong of [['reg', long], many]) should(refusalOf(() => infoTypes(wrong)).field).equal('info');
  });

  it('are smsc in any of its three spellings, and in no other word that holds them', () => {
    should(infoTypes(['smc', 'sms_c', 'smcsc', 'smsc'])).eql(['smsc']);
    should(infoTypes(['xsmc', 'smcx'])).eql(['xsmc', 'smcx']);
  });
});

describe('questions about ports that wait together', () => {
  it('share an answer where they are equal, in whatever order, and no other', async () => {
    const { reader, asked } = gatewayThat([]);
    const read = async (info: string[], ports?: number[]) =>
      (await reader.read({ info, ...(ports && { ports }) }, TURN)).ports.map(({ port }) => port);
    const all = [read(['reg', 'type']), read(['type', 'reg']), read(['reg']), read(['reg'], [0]), read(['reg'], [1])];
    should(await Promise.all(all)).eql([[0, 1], [0, 1], [0, 1], [0], [1]]);
    should(asked).have.length(4);
  });
});
