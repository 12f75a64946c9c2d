import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { type Contact, Contacts } from '../../../../lib/messaging/health/Contacts';
import { GatewayHealth } from '../../../../lib/messaging/health/GatewayHealth';
import { FakeClock } from '../../../support/FakeClock';

describe('how a gateway does', () => {
  let clock: FakeClock;
  let contact: Contact;
  let reading: () => Promise<{ ports: { port: number; reg: string }[] }>;
  let asked: number;
  let health: GatewayHealth;
  beforeEach(() => {
    [clock, contact, asked] = [new FakeClock(), {}, 0];
    reading = async () => ({ ports: [] });
    health = new GatewayHealth({
      clock,
      reader: {
        read: () => {
          asked += 1;
          return reading() as never;
        },
      },
      signal: new AbortController().signal,
      getContact: () => contact,
    });
  });

  it('says when something was pushed last by our clock, and nothing before that', async () => {
    should(health.pushedAt).be.undefined();
    const at = clock.now();
    health.pushed();
    await clock.advance(30_000);
    should(health.pushedAt).equal(at);
  });

  it('hears of SIMs by answers and by pushes, of signals only of ports that there may be', async () => {
    health.portsTold([
      { port: 0, reg: 'REGISTER_OK', signal: 20 },
      { port: 40, signal: 9 },
      { port: 1, reg: 'REGISTER_OK' },
    ] as never);
    should([...health.signals]).eql([[0, 20]]);
    health.registered([{ port: 0, status: 'down' } as never, { port: 1, status: 'down' } as never]);
    await clock.advance(7000);
    should(health.noSimSeconds).equal(7);
    should(health.sims.ready).eql([]);
  });

  it('has no SIM where it answers for all its ports with none', async () => {
    await clock.advance(20_000);
    await health.askIfSilent();
    should(asked).equal(1);
    should(health.sims.ready).eql([]);
    await health.askIfSilent();
    should(asked).equal(1);
  });

  it('is silent since its last answer once a question has failed, but not because too many wait for it', async () => {
    contact = { answered: clock.now() };
    should(health.silentSeconds).equal(0);
    for (const [code, silent] of [
      ['BUSY', 0],
      ['STOPPED', 0],
      ['BAD_REPLY', 60],
    ] as const) {
      reading = () => Promise.reject(new GatewayError(code, 'no', 'no'));
      await clock.advance(20_000);
      await health.askIfSilent();
      should(health.silentSeconds).equal(silent, code);
    }
    contact = { answered: clock.now() };
    should(health.silentSeconds).equal(0);
  });

  it('is not silent where it was answered while a question failed', async () => {
    contact = { answered: clock.now() };
    await clock.advance(20_000);
    reading = () => {
      contact = { answered: clock.now() };
      return Promise.reject(new GatewayError('TIMEOUT', 'no', 'no'));
    };
    await health.askIfSilent();
    await clock.advance(5000);
    should(health.silentSeconds).equal(0);
  });

  it('counts doubts from the oldest, and anew when there was none', async () => {
    const since = clock.now();
    await clock.advance(10_000);
    should(health.inDoubtFor(0, since)).equal(0);
    should(health.inDoubtFor(2, since)).equal(10);
    // The oldest is settled: another one is in doubt as long as that.
    should(health.inDoubtFor(1, clock.now())).equal(10);
    should(health.inDoubtFor(0, clock.now())).equal(0);
    should(health.inDoubtFor(1, clock.now())).equal(0);
  });
});

describe('when a gateway answered last', () => {
  it('is remembered when a deploy replaces its client, and counts from when we look where it never did', async () => {
    const clock = new FakeClock();
    let contact: Contact = {};
    const contacts = new Contacts(clock, () => contact);
    const at = (): number => clock.monotonic();
    await clock.advance(4000);
    should(contacts.silentFor(at())).be.undefined();
    should(contacts.quietFor(at())).equal(4000);
    contact = { silent: clock.now() };
    should(contacts.silentFor(at())).equal(4000);
    contact = { answered: clock.now() };
    should(contacts.silentFor(at())).equal(0);
    await clock.advance(3000);
    contact = {};
    should(contacts.silentFor(at())).equal(0);
    should(contacts.quietFor(at())).equal(3000);
    contact = { silent: clock.now() };
    should(contacts.silentFor(at())).equal(3000);
    contacts.failed(contacts.answered);
    contact = {};
    should(contacts.silentFor(at())).equal(3000);
  });
});
