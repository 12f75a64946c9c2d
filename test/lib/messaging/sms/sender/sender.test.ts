import should from 'should';
import { GatewayError } from '../../../../../lib/gateway-api';
import { Listeners } from '../../../../../lib/messaging/Listeners';
import type { SenderOptions } from '../../../../../lib/messaging/sms/sender/options';
import { Sender } from '../../../../../lib/messaging/sms/sender/Sender';
import { FakeClock, settled } from '../../../../support/FakeClock';

describe('SMS that wait, and their turn in the queue of requests', () => {
  let clock: FakeClock;
  let sender: Sender;
  let kinds: string[];
  let states: unknown[];
  /** How the turn goes: it hasn't come yet, it finds the store failing, or the line is closed. */
  let turn: 'later' | 'failing' | 'closed';

  beforeEach(() => {
    clock = new FakeClock();
    [kinds, states, turn] = [[], [], 'later'];
    const waiting = async (): Promise<never> => {
      throw new Error('disk full');
    };
    sender = new Sender({
      ...{ clock, random: () => 0, settings: { maxPerHour: 0 }, members: new Set(['g1']) },
      ...{
        ports: { room: new Listeners() },
        admission: { queueLimit: 0 },
        store: { waiting },
        sims: { isActive: false },
      },
      requests: {
        run: ({ kind }: { kind: string }, act: (api: object) => Promise<void>) => {
          kinds.push(kind);
          if (turn === 'closed') return Promise.reject(new GatewayError('STOPPED', 'closed', 'no'));
          return turn === 'later' ? new Promise(() => undefined) : act({});
        },
      },
      onState: (state: unknown) => void states.push(state),
      onFailure: ({ message }: Error) => void states.push(message),
    } as unknown as SenderOptions);
  });

  it('is asked for once however often they are announced, and for itself by those of high priority', () => {
    for (const priority of ['normal', 'high', 'normal', 'high'] as const) sender.wake(priority);
    sender.wake();
    should(kinds).eql(['sms', 'sms-high']);
  });

  it('is asked for again after a pause where it failed, and not during that', async () => {
    turn = 'failing';
    sender.wake();
    await settled();
    should(states).eql(['STORE_UNAVAILABLE', 'disk full']);
    turn = 'later';
    sender.wake('high');
    await clock.advance(999);
    should(kinds).eql(['sms']);
    await clock.advance(1);
    should(kinds).eql(['sms', 'sms']);
  });

  it('is no obstacle where it ends because the line is closed', async () => {
    turn = 'closed';
    sender.wake();
    await settled();
    should(states).be.empty();
  });

  it('is asked for no more, nor after a pause, once the sender has stopped', async () => {
    turn = 'failing';
    sender.wake();
    await settled();
    sender.stop();
    sender.wake();
    should(kinds).eql(['sms']);
    should(clock.next).be.undefined();
  });

  it('starts no pause where it fails only when the sender has stopped', async () => {
    turn = 'failing';
    sender.wake();
    sender.stop();
    await settled();
    should(clock.next).be.undefined();
  });
});
