import should from 'should';
import request from 'supertest';
import { LastPushes } from '../../../../lib/runtime/push/LastPushes';
import { FakeClock } from '../../../support/FakeClock';
import { adminApp, freshId, inNodeRed, load, nodeApp } from '../../../support/flow';
import { drawn, tab } from '../../../support/flow/drawn';

describe('the last push of a receiver', () => {
  inNodeRed();
  const TICKET = 'battery-staple';
  const last = async (id: string): Promise<object> =>
    (await request(adminApp()).get(`/dinstar/admin/receivers/${id}/last-push`).expect(200)).body;
  const push = (path: string, body: object) => request(nodeApp('parsed')).post(path).send(body);

  it('is told with its gateway, and one that was turned away with where it came from', async () => {
    const id = freshId('push');
    const path = `/${id}`;
    await load(
      [
        tab,
        { id: 'farm', type: 'dinstar-gateway', name: 'The farm', url: 'http://127.0.0.1:9', sn: 'da00-1' },
        drawn('dinstar-push-receiver', id, { path }),
      ],
      { [id]: { token: TICKET } },
    );
    should(await last(id)).eql({});
    await push(`${path}/wrong`, { sn: 'da00-1' }).expect(404);
    should(await last(id)).match({ refused: { status: 404, address: /127\.0\.0\.1/ } });
    const register = [{ port: 1, iccid: '', imsi: '', number: '', status: 'up' }];
    await push(`${path}/${TICKET}`, { sn: 'da00-1', register }).expect(200);
    should(await last(id)).match({ seen: { gateway: 'The farm', topics: ['register'] } });
    should(await last(id)).not.have.property('refused');
    should(JSON.stringify(await last(id))).not.containEql(TICKET);
  });

  it('grows older, and is kept beside a later one that was turned away', async () => {
    const clock = new FakeClock();
    const pushes = new LastPushes(clock);
    pushes.seen('one', ['sms', 'sms'], 'farm');
    await clock.advance(12_400);
    pushes.refused('one', 413, '10.0.0.7');
    should(pushes.of('one')).eql({
      seen: { seconds: 12, topics: ['sms'], gateway: 'farm' },
      refused: { seconds: 0, status: 413, address: '10.0.0.7' },
    });
    should(pushes.of('another')).eql({});
  });
});
