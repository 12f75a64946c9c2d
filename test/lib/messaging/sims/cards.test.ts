import should from 'should';
import { GatewayError, type PortInfo } from '../../../../lib/gateway-api';
import { Cards } from '../../../../lib/messaging/sims/Cards';
import { MemoryStore } from '../../../../lib/store';
import { FakeClock } from '../../../support/FakeClock';

describe('the cards in a gateway', () => {
  let clock: FakeClock;
  let cards: Cards;
  /** What the gateway answers, what it was asked, and which cards were told as new. */
  let info: PortInfo[];
  let asked: string[][];
  let news: (readonly string[])[];
  let changes: number;
  /** How many questions it refuses, and with what. */
  let refusals: GatewayError[];

  beforeEach(async () => {
    clock = new FakeClock();
    [info, asked, news, changes, refusals] = [[], [], [], 0, []];
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    cards = new Cards({
      ...{ store, clock, members: new Set(['gateway']) },
      onSeen: async (_keys, fresh) => void news.push(fresh),
      onChange: () => {
        changes += 1;
      },
    });
  });
  const learn = () =>
    cards.learn({
      getPortInfo: async ({ info_type }: { info_type: string[] }) => {
        asked.push(info_type);
        const refusal = refusals.shift();
        if (refusal) throw refusal;
        return { error_code: 200, info };
      },
    } as never);
  const keys = (): string[] => cards.all.map(({ key }) => key);

  it('are counted by ICCID, else by IMSI, else by port; what says that there is none is no name', async () => {
    info = [
      { port: 3, iccid: ' 8943000000000000000F ', imsi: '262010000000003' },
      { port: 1, imsi: '262010000000001', iccid: '<NULL>' },
      { port: 0, iccid: '0000', imsi: 'unknown' },
      { port: 2, iccid: '', imsi: 'null' },
    ];
    await learn();
    should(keys()).eql(['port gateway 0', 'imsi 262010000000001', 'port gateway 2', 'iccid 8943000000000000000']);
  });

  it('have no name that is longer than any can be: it would be written down', async () => {
    info = [{ port: 0, iccid: '8'.repeat(65), imsi: '2'.repeat(64) }];
    await learn();
    should(keys()).eql([`imsi ${'2'.repeat(64)}`]);
  });

  it('are one a port, 0 to 31, whatever an answer names', async () => {
    info = [0, 0, 31, 32, -1, 1.5].map((port, place) => ({ port, iccid: `89${place}` }));
    await learn();
    should(keys()).eql(['iccid 891', 'iccid 892']);
  });

  it('are ready where they are registered, or where nobody says', async () => {
    info = [{ port: 0 }, { port: 1, reg: 'REGISTER_OK' }, { port: 2, reg: 'SEARCHING_NETWORK' }];
    await learn();
    should(cards.all.map(({ isReady }) => isReady)).eql([true, true, false]);
  });

  it('are new once, and a change is one that is another or has become ready', async () => {
    info = [{ port: 0, iccid: '891', reg: 'UNREGISTER' }];
    await learn();
    await learn();
    info = [{ port: 0, iccid: '891', reg: 'REGISTER_OK' }];
    await learn();
    info = [{ port: 0, iccid: '891', reg: 'UNREGISTER' }];
    await learn();
    info = [{ port: 0, iccid: '892', reg: 'UNREGISTER' }];
    await learn();
    should(news).eql([['iccid 891'], [], [], [], ['iccid 892']]);
    should(changes).equal(3);
  });

  it('are asked for with less where the firmware refuses the question, and never with more again', async () => {
    const refused = (): GatewayError => new GatewayError('BAD_REQUEST', 'no', 'refused', { error_code: 400 });
    refusals = [refused(), refused()];
    await learn();
    await learn();
    should(asked).eql([
      ['reg', 'iccid', 'imsi', 'slot'],
      ['reg', 'iccid', 'imsi'],
      ['reg', 'imsi'],
      ['reg', 'imsi'],
    ]);
    refusals = [refused(), refused()];
    await should(learn()).be.rejectedWith({ code: 'BAD_REQUEST' });
    refusals = [new GatewayError('TIMEOUT', 'late', 'no')];
    await should(learn()).be.rejectedWith({ code: 'TIMEOUT' });
  });

  it('are believed for 15 s, looked at after 25 s, and at once where a port has changed', async () => {
    should(cards.isStale).be.true();
    await learn();
    should([cards.isStale, cards.freshFor, cards.watchedIn]).eql([false, 15_000, 25_000]);
    await clock.advance(14_999);
    should(cards.isStale).be.false();
    await clock.advance(1);
    should([cards.isStale, cards.freshFor, cards.watchedIn]).eql([true, 0, 10_000]);
    await learn();
    cards.changed();
    should([cards.isStale, cards.freshFor]).eql([true, 0]);
  });
});
