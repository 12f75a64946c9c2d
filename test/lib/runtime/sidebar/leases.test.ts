import should from 'should';
import { Leases } from '../../../../lib/runtime/sidebar/Leases';
import { FakeClock } from '../../../support/FakeClock';

describe('a lease on the sidebar', () => {
  let clock: FakeClock;
  let leases: Leases;
  let changes: number;
  beforeEach(() => {
    clock = new FakeClock();
    changes = 0;
    let tickets = 0;
    leases = new Leases({
      clock,
      createTicket: () => `ticket ${++tickets}`,
      onChange: () => {
        changes += 1;
      },
    });
  });

  it('is over when it isn’t renewed in time', async () => {
    const ticket = leases.grant();
    await clock.advance(44_999);
    should(leases.grant(ticket)).equal(ticket);
    await clock.advance(44_999);
    should(leases.active).be.true();
    await clock.advance(1);
    should(leases.active).be.false();
    should(changes).equal(2);
    should(clock.running).equal(0);
  });

  it('serves its own user only', () => {
    const ticket = leases.grant(undefined, 'ann');
    should(leases.bind(ticket, 'editor', 'bob')).be.false();
    should(leases.grant(ticket, 'bob')).not.equal(ticket);
    leases.end(ticket, 'bob');
    should(leases.bind(ticket, 'editor', 'ann')).be.true();
  });

  it('is one of at most 50 of a user, of which the oldest end first', () => {
    const first = leases.grant(undefined, 'ann');
    const other = leases.grant(undefined, 'bob');
    for (let count = 0; count < 4000; count++) leases.grant(undefined, 'ann');
    should(clock.running).equal(51);
    should(leases.bind(first, 'editor', 'ann')).be.false();
    should(leases.bind(other, 'editor', 'bob')).be.true();
  });

  it('sends to nobody before its ticket was shown, and to whoever showed it', () => {
    const ticket = leases.grant();
    should(leases.sessions).eql([]);
    should(leases.bind('guessed', 'evil')).be.false();
    should(leases.bind(ticket, 'editor')).be.true();
    should(leases.sessions).eql(['editor']);
    leases.grant(ticket);
    should(leases.sessions).eql(['editor']);
    leases.bind(ticket, 'editor after its connection broke');
    should(leases.sessions).eql(['editor after its connection broke']);
  });

  it('gives no one a ticket of their own choice', () => {
    should(leases.grant('mine')).equal('ticket 1');
  });

  it('ends at once when the sidebar is closed', () => {
    const ticket = leases.grant();
    leases.end(ticket);
    leases.end(ticket);
    should(leases.active).be.false();
    should(changes).equal(2);
    should(clock.running).equal(0);
  });
});
