import should from 'should';
import type { Obstacle } from '../../../../lib/messaging/sms/sender/Backoff';
import { SmsStatus } from '../../../../lib/runtime/sms/SmsStatus';
import { FakeNode } from '../FakeNode';

const outcome = (counts: { ok?: boolean; failed?: number; pending?: number }) =>
  ({ ok: false, until: 'sent', failed: 0, pending: 0, ...counts }) as const;

describe('the status of send sms', () => {
  const showing = () => {
    const node = new FakeNode();
    const obstacles = new Map<string, Obstacle>();
    const now = { at: 0 };
    const status = new SmsStatus(node, {
      getObstacle: (gateway) => obstacles.get(gateway),
      getLimit: (_gateway, until) => (until > now.at ? { fill: 'yellow', text: `until ${until}` } : undefined),
      getCaution: () => undefined,
    });
    const last = () => node.statuses.at(-1);
    return { status, obstacles, last, now };
  };

  it('is looked for at all gateways when one of them begins or has no more to do, not with every SMS', () => {
    let asked = 0;
    const getObstacle = (): undefined => void asked++;
    const node = new FakeNode();
    const status = new SmsStatus(node, { getObstacle, getLimit: () => undefined, getCaution: () => undefined });
    for (let sms = 0; sms < 1000; sms++) status.taken(`gateway ${sms % 10}`);
    should(asked).equal(55);
    for (let sms = 0; sms < 990; sms++) status.left(`gateway ${sms % 10}`, outcome({ ok: true }));
    should(asked).equal(55);
    status.left('gateway 0', outcome({ failed: 1 }));
    should(asked).equal(65);
    should(node.statuses).have.length(1);
  });

  it('is red only where somebody failed: an end of the wait alone is yellow, and says so by a word of its own', () => {
    const { status, last } = showing();
    status.taken('a');
    status.left('a', outcome({ pending: 40 }));
    should(last()).eql({ fill: 'yellow', shape: 'ring', text: 'common.status.not_yet' });
    status.taken('a');
    status.left('a', outcome({ pending: 40, failed: 1 }));
    should(last()).eql({ fill: 'red', shape: 'dot', text: 'common.status.not_reached' });
    status.taken('a');
    status.left('a', outcome({ ok: true }));
    should(last()).eql({ fill: 'green', shape: 'dot', text: 'common.status.sent' });
  });

  it('counts how many of its jobs have come to their end, sent or failed, and says that they are paused', () => {
    const { status, last } = showing();
    const job = (reached: number, failed: number, isPaused = false): void => {
      const none = { waiting: 0, held: 0, accepted: 0, sent: 0, delivered: 0, withheld: 0 };
      const progress = { job: 'j', total: 10, ...none, failed, per_minute: null, eta_iso: null };
      status.job({ progress, reached, undone: 1, stopped: 0, paused: 0, isPaused });
    };
    status.taken('a');
    job(2, 1);
    should(last()).eql({ fill: 'blue', shape: 'ring', text: 'common.status.job', values: { reached: 3, total: 10 } });
    job(3, 1);
    should(last()).match({ values: { reached: 4 } });
    job(3, 1, true);
    should(last()).match({ fill: 'yellow', text: 'common.status.job_paused', values: { reached: 4, total: 10 } });
    status.job(undefined);
    should(last()).match({ text: 'common.status.working' });
  });

  it('shows until when the limits of SIMs hold something, the soonest, as long as they do', () => {
    const { status, last, now } = showing();
    const held = (by: 'sim-limit' | 'pause', at: number | null) => ({
      ...{
        status: 'QUEUED' as const,
        held: { by, until_iso: at === null ? null : new Date(at).toISOString(), text: '' },
      },
    });
    status.taken('a');
    status.moved(held('sim-limit', 9000), 'a');
    status.moved(held('sim-limit', 5000), 'a');
    should(last()).eql({ fill: 'yellow', text: 'until 5000' });
    for (const word of ['ACCEPTED', 'SENT_OK', 'FAILED'] as const) status.moved({ status: word }, 'a');
    status.left('a', outcome({ pending: 2 }));
    should(last()).match({ text: 'until 5000' });
    now.at = 5000;
    status.show();
    should(last()).match({ text: 'common.status.not_yet' });
    status.moved(held('sim-limit', null), 'a');
    should(last()).match({ text: 'until Infinity' });
    status.moved({ status: 'QUEUED' }, 'a');
    should(last()).match({ text: 'common.status.not_yet' });
  });

  it('says what holds up the line also after an outcome has left something open there, until it goes on', () => {
    const { status, obstacles, last } = showing();
    status.taken('a');
    obstacles.set('a', 'UNREACHABLE');
    status.show();
    status.left('a', outcome({ pending: 1 }));
    should(last()).eql({ fill: 'red', shape: 'ring', text: 'common.status.unreachable' });
    status.left('a', outcome({ failed: 1 }));
    should(last()).match({ text: 'common.status.unreachable' });
    status.left('a', outcome({ pending: 1 }));
    obstacles.clear();
    status.show();
    should(last()).match({ text: 'common.status.not_yet' });
    obstacles.set('a', 'NO_PORT');
    status.show();
    should(last()).match({ text: 'common.status.no_port' });
  });

  it('says it of another gateway, too, while work is under way at one that goes on', () => {
    const { status, obstacles, last } = showing();
    status.taken('a');
    obstacles.set('a', 'AUTH_REFUSED');
    status.left('a', outcome({ pending: 1 }));
    status.taken('b');
    should(last()).match({ text: 'common.status.auth_refused' });
    obstacles.clear();
    status.show();
    should(last()).match({ text: 'common.status.working' });
  });
});
