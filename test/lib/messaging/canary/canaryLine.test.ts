import should from 'should';
import { CANARY_NODE, CanaryLine, type CanaryLineOptions } from '../../../../lib/messaging/canary/CanaryLine';
import { CanaryMarks } from '../../../../lib/messaging/canary/mark';
import type { SendRequest } from '../../../../lib/messaging/taking/SmsIntake';
import { MemoryStore, type StoredSms } from '../../../../lib/store';
import { FakeClock } from '../../../support/FakeClock';
import { storedSms } from '../given';

const onAir = { id: 'abcdefgh', input: 'i1', gateway: 'g1', from: 4, to: 5 };

describe('the line by which test SMS go', () => {
  let clock: FakeClock;
  let line: CanaryLine;
  let marks: CanaryMarks;
  let asked: unknown[];
  let taken: SendRequest[];
  let rows: object[];
  let health: { silentSeconds: number | undefined; sims: { ready: readonly number[] | undefined } };
  let kept: StoredSms[];
  const { signal } = new AbortController();

  beforeEach(async () => {
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    clock = new FakeClock();
    marks = new CanaryMarks(store);
    await marks.load();
    [asked, taken, rows, kept] = [[], [], [], []];
    health = { silentSeconds: 0, sims: { ready: undefined } };
    const options = {
      ...{ clock, marks, health, signal, random: () => 0 },
      store: {
        recipients: async (...given: unknown[]) => {
          asked.push(given);
          return kept;
        },
      },
      reader: {
        read: async (...given: unknown[]) => {
          asked.push(given);
          return { ports: rows, left_out: [] };
        },
      },
      inbox: {
        read: async (subscription: object, onSms: (sms: unknown[]) => Promise<boolean>, end: AbortSignal) => {
          asked.push([subscription, await onSms([]), end]);
        },
      },
      intake: { take: async (sendRequest: SendRequest) => void taken.push(sendRequest) },
    };
    line = new CanaryLine(options as unknown as CanaryLineOptions);
  });

  it('is silent where the gateway has been for any time, and not where nobody knows', () => {
    should(line.isSilent).be.false();
    health.silentSeconds = 1;
    should(line.isSilent).be.true();
    health.silentSeconds = undefined;
    should(line.isSilent).be.false();
  });

  it('has too few SIMs with one, not with two, and not where nobody knows', () => {
    should(line.hasTooFew).be.false();
    for (const [ready, isSo] of [
      [[], true],
      [[3], true],
      [[3, 4], false],
    ] as const) {
      health.sims = { ready };
      should(line.hasTooFew).equal(isSo);
    }
  });

  it('asks as a watch does for what tells SIMs and their numbers, and takes those that are registered', async () => {
    rows = [
      { port: 0, reg: 'REGISTER_OK', number: '+491', iccid: '89' },
      { port: 1, reg: 'NO_SIM', number: '+492' },
      { port: 2, reg: 'REGISTER_OK' },
    ];
    const given = [{ numbers: new Map([['2', '+493']]), plus: 'strip' as const }];
    should(await line.sims(given)).eql([
      { port: 0, number: '491' },
      { port: 2, number: '493' },
    ]);
    should(asked).eql([[{ info: ['reg', 'iccid', 'number'] }, { kind: 'watch', signal }]]);
  });

  it('reads of the inbox only what is new, of no port: all others are for others', async () => {
    await line.readInbox('g1');
    should(asked).eql([[{ node: CANARY_NODE, gateway: 'g1', backlog: false, ports: [] }, true, signal]]);
  });

  it('sends from the port whose turn it is, behind all others, and gives it up after four minutes', async () => {
    const sendRequest = line.requestFor(onAir, '+491');
    should(sendRequest).match({
      ...{ id: 'i1', gateway: 'g1', node: CANARY_NODE, onTimeout: 'keep', msg: '{}' },
      validated: { sms: [{ number: '+491', ports: [4], priority: 'low', text: marks.textOf('abcdefgh') }] },
    });
    should(sendRequest.validated.sms[0]?.expires_at).equal(clock.now() + 240_000);
    await line.send(sendRequest);
    should(taken).eql([sendRequest]);
  });

  it('makes ids by chance', () => {
    should(line.createId()).equal('00000000');
  });

  it('knows what the store has of one, and that it has none', async () => {
    should(await line.sent(onAir)).be.undefined();
    const sms = storedSms();
    kept = [sms];
    should(await line.sent(onAir)).equal(sms);
    should(asked).eql([
      ['i1', 1],
      ['i1', 1],
    ]);
  });
});
