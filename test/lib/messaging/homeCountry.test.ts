import should from 'should';
import { GatewayError, type PortInfo } from '../../../lib/gateway-api';
import { HomeCountry } from '../../../lib/messaging/HomeCountry';
import { FakeClock, settled } from '../../support/FakeClock';

const AUSTRIAN = '232010000000001';
const GERMAN = '262010000000001';

describe('the country that a gateway dials in', () => {
  let clock: FakeClock;
  /** What the gateway is asked for. */
  let asked: unknown[];
  let answer: () => Promise<PortInfo[]>;

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    answer = async () => [{ port: 0, imsi: AUSTRIAN }];
  });

  const { signal } = new AbortController();
  const homeOf = (country = ''): HomeCountry => {
    const home = new HomeCountry({
      settings: { country },
      reader: {
        read: async (question, turn) => {
          asked.push([question, turn]);
          const ports = await answer();
          home.seen(ports);
          return { ports, left_out: [] };
        },
      },
      clock,
      signal,
    });
    return home;
  };

  it('is the one that is set, and nobody is asked then', async () => {
    const home = homeOf('DE');
    home.seen([{ port: 0, imsi: AUSTRIAN }]);
    should(home.country).equal('DE');
    should(await home.learn()).equal('DE');
    should(asked).be.empty();
  });

  it('is the one of its SIMs, for which it is asked once, for their IMSI alone', async () => {
    const home = homeOf();
    should(home.country).be.undefined();
    should(await home.learn()).equal('AT');
    should(await home.learn()).equal('AT');
    should(asked).eql([[{ info: ['imsi'] }, { kind: 'command', signal }]]);
  });

  it('isn’t known where SIMs are from two countries, until the other SIM is gone', () => {
    const home = homeOf();
    home.seen([
      { port: 0, imsi: AUSTRIAN },
      { port: 1, imsi: ` ${GERMAN} ` },
    ]);
    should(home.country).be.undefined();
    home.seen([{ port: 0, imsi: ' ' }]);
    should(home.country).equal('DE');
  });

  it('is learned from no row that tells of no IMSI, or of a port that no gateway has', () => {
    const home = homeOf();
    home.seen([{ port: 0, imsi: AUSTRIAN }, { port: 0 }, { port: 1, reg: 'REGISTER_OK' }]);
    home.seen([{ port: 99, imsi: GERMAN }]);
    should(home.country).equal('AT');
  });

  it('is asked for again when SIMs may have been changed', async () => {
    const home = homeOf();
    await home.learn();
    answer = async () => [{ port: 0, imsi: GERMAN }];
    home.changed();
    should(await home.learn()).equal('DE');
    should(asked).have.length(2);
  });

  it('holds an input up for 3 seconds at most, and is known when the answer comes later', async () => {
    let come: (ports: PortInfo[]) => void = () => undefined;
    answer = () =>
      new Promise((resolve) => {
        come = resolve;
      });
    const home = homeOf();
    let learned: string | undefined | 'not yet' = 'not yet';
    void home.learn().then((country) => {
      learned = country;
    });
    await clock.advance(2999);
    should(learned).equal('not yet');
    await clock.advance(1);
    should(learned).be.undefined();
    come([{ port: 0, imsi: AUSTRIAN }]);
    await settled();
    should(home.country).equal('AT');
    should(await home.learn()).equal('AT');
    should(asked).have.length(1);
  });

  it('is asked for again by the next input where the gateway couldn’t say it', async () => {
    answer = () => Promise.reject(new GatewayError('TIMEOUT', 'slow', 'no'));
    const home = homeOf();
    should(await home.learn()).be.undefined();
    answer = async () => [{ port: 0, imsi: AUSTRIAN }];
    should(await home.learn()).equal('AT');
    should(asked).have.length(2);
  });

  it('doesn’t hide a mistake of our own', async () => {
    answer = () => Promise.reject(new TypeError('a mistake'));
    await should(homeOf().learn()).be.rejectedWith('a mistake');
  });

  describe('where another machine talks to it', () => {
    /** How often the other machine was asked. */
    let questions: number;
    let tells: () => Promise<string | undefined>;
    beforeEach(() => {
      questions = 0;
      tells = async () => 'AT';
    });
    const followed = (): HomeCountry =>
      new HomeCountry({
        settings: { country: '' },
        reader: { read: () => Promise.reject(new Error('the gateway was asked by the wrong machine')) },
        clock,
        signal,
        isOurs: () => false,
        elsewhere: {
          country: () => {
            questions += 1;
            return tells();
          },
        },
      });

    it('is what that one says, and not what was seen of the SIMs here when they were others', async () => {
      const home = followed();
      home.seen([{ port: 0, imsi: GERMAN }]);
      should(home.country).be.undefined();
      should(await home.learn()).equal('AT');
      should(home.country).equal('AT');
    });

    it('is asked for once, and again after a minute: it may have become another one there', async () => {
      const home = followed();
      await home.learn();
      await clock.advance(59_000);
      should(await home.learn()).equal('AT');
      should(questions).equal(1);
      tells = async () => 'DE';
      await clock.advance(1000);
      should(home.country).be.undefined();
      should(await home.learn()).equal('DE');
      should(questions).equal(2);
    });

    it('isn’t known while nobody says it, and is asked for again with the next input', async () => {
      const home = followed();
      tells = () => Promise.reject(new GatewayError('BUSY', 'hall talks to this gateway now', 'refused'));
      should(await home.learn()).be.undefined();
      tells = async () => 'AT';
      should(await home.learn()).equal('AT');
    });

    it('holds an input up for no more than three seconds where nobody answers', async () => {
      const home = followed();
      tells = () => new Promise(() => undefined);
      const learned = home.learn();
      await clock.advance(3000);
      should(await learned).be.undefined();
    });
  });
});
