import should from 'should';
import { type Member, SharedGateways } from '../../../lib/messaging/SharedGateways';
import { settled } from '../../support/FakeClock';
import { SETTINGS } from '../../support/gatewaySettings';

/** What the tests see of a gateway: what it was told, and the end of what it sends. */
class Line {
  readonly members = new Set<string>();
  readonly oddities = { note: () => undefined };
  readonly configured: [client: unknown, queueLimit: number][] = [];
  isStopped = false;
  isSending = false;
  #ends: (() => void)[] = [];

  configure(client: unknown, { queueLimit }: { queueLimit: number }): void {
    this.configured.push([client, queueLimit]);
  }

  settled(): Promise<void> {
    return this.isSending ? new Promise((resolve) => this.#ends.push(resolve)) : Promise.resolve();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.settled();
  }

  sent(): void {
    this.isSending = false;
    for (const end of this.#ends) end();
  }
}

describe('config nodes that share gateways', () => {
  let lines: Line[];
  /** Of each line: who shares it now. */
  let sharing: (() => string[])[];
  let shared: SharedGateways;

  beforeEach(() => {
    lines = [];
    sharing = [];
    shared = new SharedGateways((_member, sharingOf) => {
      const line = new Line();
      lines.push(line);
      sharing.push(sharingOf);
      return line as never;
    });
  });

  const member = (id: string, { rank = 0, address = 'a', queueLimit = 1 } = {}): Member => ({
    ...{ id, address, rank, wiring: `limit ${queueLimit}`, settings: { ...SETTINGS, queueLimit } },
    createClient: () => `client of ${id}` as never,
  });
  const enter = (...args: Parameters<typeof member>) => {
    const one = member(...args);
    const entered = shared.enter(one);
    lines[lines.length - 1]?.members.add(one.id);
    return entered;
  };
  const hasEnded = async (end: Promise<unknown> | undefined): Promise<boolean> => {
    let isOver = false;
    void end?.then(() => {
      isOver = true;
    });
    await settled();
    return isOver;
  };

  it('have one line an address, and tell who shares it, the first in the flow file first', () => {
    enter('late', { rank: 9 });
    enter('early', { rank: 2 });
    enter('elsewhere', { address: 'b' });
    should(lines).have.length(2);
    should(shared.of('early')).equal(shared.of('late'));
    should(shared.of('elsewhere')).not.equal(shared.of('late'));
    should(shared.of('unknown')).be.undefined();
    should(shared.ids().sort()).eql(['early', 'elsewhere', 'late']);
    should(sharing[0]?.()).eql(['early', 'late']);
    should(sharing[1]?.()).eql(['elsewhere']);
  });

  it('follow the first in the flow file: its settings, and the client that it makes', () => {
    enter('late', { rank: 9 });
    should(lines[0]?.configured).be.empty();
    enter('early', { rank: 2, queueLimit: 7 });
    should(lines[0]?.configured).eql([['client of early', 7]]);
    enter('middle', { rank: 5, queueLimit: 3 });
    should(lines[0]?.configured).have.length(1);
    should(['early', 'middle', 'late'].map((id) => shared.differs(id))).eql([false, true, true]);
    should(shared.differs('unknown')).be.false();
  });

  it('follow the next one when the first is gone', async () => {
    enter('early', { rank: 2, queueLimit: 7 });
    enter('late', { rank: 9 });
    await shared.remove('early');
    should(lines[0]?.configured).eql([['client of late', 1]]);
    should(lines[0]?.isStopped).be.false();
    should([...(lines[0]?.members ?? [])]).eql(['late']);
    should(shared.differs('late')).be.false();
  });

  it('are configured anew by a deploy only when something has changed', () => {
    enter('only');
    enter('only');
    should(lines[0]?.configured).be.empty();
    enter('only', { queueLimit: 2 });
    should(lines[0]?.configured).eql([['client of only', 2]]);
    enter('only', { queueLimit: 2 });
    should(lines[0]?.configured).have.length(1);
  });

  it('take their line with them when they are the last, and it is made anew for whoever comes then', async () => {
    enter('one');
    enter('other', { rank: 1 });
    await shared.remove('one');
    should(lines[0]?.isStopped).be.false();
    await shared.remove('other');
    should(lines[0]?.isStopped).be.true();
    should(shared.of('other')).be.undefined();
    should(shared.ids()).be.empty();
    enter('other');
    should(lines).have.length(2);
  });

  it('are gone when what is being sent has been seen to its end, whether others stay or not', async () => {
    for (const others of [['other'], []]) {
      enter('one', { rank: 1 });
      for (const id of others) enter(id, { rank: 2 });
      const line = lines.at(-1);
      if (line) line.isSending = true;
      const gone = shared.remove('one');
      should(await hasEnded(gone)).be.false();
      line?.sent();
      should(await hasEnded(gone)).be.true();
      for (const id of others) await shared.remove(id);
    }
  });

  it('are gone at once where they have no line', () => {
    should(shared.remove('unknown')).be.undefined();
  });

  it('that have moved to another address leave the former line, which ends with its last one', async () => {
    enter('one');
    enter('other', { rank: 1 });
    const moved = enter('one', { address: 'b' });
    should(moved.gateway).equal(lines[1]);
    await moved.departed;
    should([...(lines[0]?.members ?? [])]).eql(['other']);
    should(lines[0]?.isStopped).be.false();
    await enter('other', { address: 'b', rank: 1 }).departed;
    should(lines[0]?.isStopped).be.true();
    should(sharing[1]?.()).eql(['one', 'other']);
  });

  it('that stay leave nothing', () => {
    should(enter('one').departed).be.undefined();
    should(enter('one', { queueLimit: 3 }).departed).be.undefined();
  });

  it('learn that they are gone, or want something else by now', async () => {
    const first = enter('one').signal;
    const { signal } = enter('one');
    should([first.aborted, signal.aborted]).eql([true, false]);
    const other = enter('other').signal;
    await shared.remove('one');
    should([signal.aborted, other.aborted]).eql([true, false]);
  });
});
