import should from 'should';
import { GatewayError } from '../../../../lib/gateway-api';
import { Elsewhere } from '../../../../lib/messaging/sharing/Elsewhere';
import { followsError, NO_LEASE } from '../../../../lib/messaging/sharing/GatewayLease';
import { type Answered, type Asked, Questions } from '../../../../lib/messaging/sharing/Questions';
import type { Sharing } from '../../../../lib/messaging/sharing/Sharing';
import { FakeClock, settled } from '../../../support/FakeClock';

describe('questions from machine to machine', () => {
  let clock: FakeClock;
  let written: { to: object; letter: Asked | Answered }[];
  let failure: Error | undefined;
  let answer: (gateway: string, question: unknown) => Promise<unknown>;
  let questions: Questions;
  beforeEach(() => {
    clock = new FakeClock();
    written = [];
    failure = undefined;
    answer = () => Promise.resolve('AT');
    questions = new Questions({
      ...{ clock, machine: 'office', onQuestion: (gateway, question) => answer(gateway, question) },
      letters: {
        write: async (to, letter) => {
          if (failure) throw failure;
          written.push({ to, letter });
        },
      },
    });
  });
  const ask = (): Promise<unknown> => {
    const asked = questions.ask('g', { to: 'say country' }, () => new Error('nobody answers'));
    asked.catch(() => undefined);
    return asked;
  };
  const asked: Asked = { is: 'asked', id: 'q', by: 'hall', gateway: 'g', question: { to: 'say country' } };
  const idOf = (place: number): string => written[place]?.letter.id ?? '';

  it('travel to whoever talks to the gateway, each with an id of its own, and resolve with the answer', async () => {
    const both = [ask(), ask()];
    await settled();
    const about = { is: 'asked', by: 'office', gateway: 'g', question: { to: 'say country' } };
    should(written).match([
      { to: { gateway: 'g' }, letter: about },
      { to: { gateway: 'g' }, letter: about },
    ]);
    should(idOf(0)).not.equal(idOf(1));
    questions.answered({ is: 'answered', id: idOf(1), answer: 'DE' });
    questions.answered({ is: 'answered', id: idOf(0) });
    should(await Promise.all(both)).eql([undefined, 'DE']);
    should(clock.running).equal(0);
  });

  it('that can’t be written are no questions, and nothing waits for them', async () => {
    failure = new Error('the database is away');
    await should(ask()).be.rejectedWith('the database is away');
    should(clock.running).equal(0);
  });

  it('all end when nobody will answer any more', async () => {
    const both = [ask(), ask()];
    await settled();
    questions.stop(() => new Error('this machine ends'));
    for (const one of both) await should(one).be.rejectedWith('this machine ends');
    should(clock.running).equal(0);
  });

  it('are answered to the machine that asked, with what was found', async () => {
    const seen: unknown[] = [];
    answer = async (...given) => void seen.push(given);
    questions.asked(asked);
    await settled();
    should(seen).eql([['g', { to: 'say country' }]]);
    should(written).eql([{ to: { machine: 'hall' }, letter: { is: 'answered', id: 'q', answer: undefined } }]);
  });

  it('are answered by what failed: as the gateway said it, or as a failure of which nobody knows what it did', async () => {
    answer = () => Promise.reject(new TypeError('odd'));
    questions.asked(asked);
    await settled();
    should(written.at(-1)?.letter).eql({
      ...{ is: 'answered', id: 'q' },
      error: { code: 'GATEWAY_ERROR', message: 'TypeError: odd', taken: 'unknown' },
    });
    answer = () => Promise.reject(new GatewayError('BUSY', 'a dialogue', 'no', { error_code: 486 }));
    questions.asked({ ...asked, id: 'other' });
    await settled();
    const told = written.at(-1)?.letter as Answered;
    should(told.error).eql({ code: 'BUSY', message: 'a dialogue', taken: 'no', error_code: 486 });
    const waiting = ask();
    await settled();
    questions.answered({ ...told, id: idOf(2) });
    await should(waiting).be.rejectedWith({
      code: 'BUSY',
      message: 'a dialogue',
      taken: 'no',
      cause: { error_code: 486 },
    });
  });

  it('whose answer can’t be written harm nobody', async () => {
    failure = new Error('the database is away');
    questions.asked(asked);
    await settled();
    failure = undefined;
    questions.asked(asked);
    await settled();
    should(written).be.empty();
  });
});

describe('what other machines do with a gateway', () => {
  const sharing = (answer: unknown, asked: unknown[] = []) =>
    ({
      isShared: (gateway: string) => gateway !== 'own',
      isOwn: (gateway: string) => gateway !== 'theirs',
      ask: async (...given: unknown[]) => {
        asked.push(given);
        return answer;
      },
    }) as unknown as Sharing;

  it('is theirs where it is shared and not this one’s', () => {
    const one = new Elsewhere(() => sharing(undefined));
    should(['theirs', 'ours', 'own'].map((gateway) => one.has(gateway))).eql([true, false, false]);
    should(new Elsewhere(() => undefined).has('theirs')).be.false();
  });

  it('is asked for by name, and read as it should be', async () => {
    const asked: unknown[] = [];
    should(await new Elsewhere(() => sharing('3', asked)).carryOut('theirs', 'stop', ['j'])).equal(3);
    should(await new Elsewhere(() => sharing('AT', asked)).country('theirs')).equal('AT');
    should(await new Elsewhere(() => sharing(7, asked)).country('theirs')).be.undefined();
    should(await new Elsewhere(() => sharing({ stopped: [1] }, asked)).stop('theirs', { task_ids: [1] })).eql({
      stopped: [1],
    });
    should(asked).eql([
      ['theirs', { to: 'obey', action: 'stop', jobs: ['j'] }],
      ['theirs', { to: 'say country' }],
      ['theirs', { to: 'say country' }],
      ['theirs', { to: 'stop', request: { task_ids: [1] } }],
    ]);
  });

  it('is nothing where this machine is alone', async () => {
    const alone = new Elsewhere(() => undefined);
    should(await alone.country('g')).be.undefined();
    should(await alone.stop('g', { task_ids: [] })).be.undefined();
  });
});

describe('a gateway that isn’t this machine’s to talk to', () => {
  it('is refused by the name of whoever talks to it, or of nobody', () => {
    should(followsError({ holder: 'hall' })).match({
      code: 'BUSY',
      taken: 'no',
      message: /^hall talks to this gateway/,
    });
    should(followsError()).match({ code: 'BUSY', message: /^No machine talks/ });
    should(followsError({ holder: 'hall', keptElsewhere: 'office' })).match({
      ...{ code: 'NOT_CONFIGURED', taken: 'no', message: /^store: office keeps/, cause: { field: 'store' } },
    });
  });

  it('has no lease before anybody has: nothing is left of it', async () => {
    should(NO_LEASE).match({ isHeld: false, left: 0, timeout: 0, holder: undefined, keptElsewhere: undefined });
    await NO_LEASE.untilLeft(1);
  });
});
