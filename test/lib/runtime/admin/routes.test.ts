import express from 'express';
import should from 'should';
import request from 'supertest';
import { GatewayError } from '../../../../lib/gateway-api';
import { openPermissions } from '../../../../lib/runtime/admin/permissions';
import { type AdminWork, adminRoute, gatewayOf } from '../../../../lib/runtime/admin/routes';
import { GatewayNodes } from '../../../../lib/runtime/gateways/GatewayNodes';
import type { HttpHandler, Red } from '../../../../lib/runtime/red';
import type { SharedRuntime } from '../../../../lib/runtime/SharedRuntime';

/** A Node-RED whose user may do what `scopes` hold, with one route. */
function redWith(work: AdminWork, scopes = ['dinstar.read', 'dinstar.write']): { red: Red; app: express.Express } {
  const app = express();
  app.use(express.json());
  const needsPermission =
    (permission: string): HttpHandler =>
    (_request, response, next) =>
      scopes.includes(permission) ? next() : response.status(401).end();
  const red = { httpAdmin: app, auth: { needsPermission } } as unknown as Red;
  openPermissions(red);
  adminRoute(red, { method: 'post', path: 'things/:id', needs: 'dinstar.write' }, work);
  return { red, app };
}
const post = (app: express.Express, body: object = {}) => request(app).post('/dinstar/admin/things/7').send(body);

describe('an admin route', () => {
  it('answers with JSON that nobody keeps, and hands over what the path and the body say', async () => {
    const { app } = redWith(({ params, body }) => ({ id: params.id, body }));
    const answer = await post(app, { a: 1 });
    should(answer.status).equal(200);
    should(answer.body).eql({ id: '7', body: { a: 1 } });
    should(answer.headers['cache-control']).equal('no-store');
  });

  it('answers nothing as an empty object', async () => {
    should((await post(redWith(() => undefined).app)).body).eql({});
  });

  it('says what went wrong, with the code and the field', async () => {
    const work = (): never => {
      throw new GatewayError('INVALID_INPUT', 'text: is empty', 'no', { field: 'text' });
    };
    const answer = await post(redWith(work).app);
    should(answer.status).equal(400);
    should(answer.body).eql({ code: 'INVALID_INPUT', message: 'text: is empty', retryable: false, field: 'text' });
  });

  it('never takes a gateway’s refused login for the editor’s own', async () => {
    const work = (): Promise<never> => Promise.reject(new GatewayError('AUTH_REFUSED', 'no', 'no'));
    should((await post(redWith(work).app)).status).equal(502);
  });

  it('tells no more than the text of an error that isn’t ours', async () => {
    const work = (): Promise<never> =>
      Promise.reject(Object.assign(new Error('odd'), { config: { secret: 's3cret' } }));
    const answer = await post(redWith(work).app);
    should(answer.status).equal(502);
    should(answer.text).not.containEql('s3cret');
    should(answer.body).match({ code: 'GATEWAY_ERROR', message: 'odd' });
  });

  it('takes no POST that a form of another page could send', async () => {
    let called = false;
    const { app } = redWith(() => {
      called = true;
    });
    const form = await request(app).post('/dinstar/admin/things/7').type('form').send('a=1');
    should(form.status).equal(415);
    should(form.body).match({ code: 'NOT_JSON' });
    should((await request(app).post('/dinstar/admin/things/7').type('text').send('{"a":1}')).status).equal(415);
    should((await post(app, [] as object)).status).equal(415);
    should(called).be.false();
  });

  it('refuses who lacks the permission, and says beforehand what is allowed', async () => {
    const { app } = redWith(() => ({}), ['dinstar.read']);
    should((await post(app)).status).equal(401);
    should((await request(app).get('/dinstar/admin/permissions')).body).eql({ write: false });
    const writer = redWith(() => ({}));
    should((await request(writer.app).get('/dinstar/admin/permissions')).body).eql({ write: true });
  });

  it('is there once, however often its node set is loaded', async () => {
    let calls = 0;
    const count = (): void => {
      calls += 1;
    };
    const { red, app } = redWith(count);
    adminRoute(red, { method: 'post', path: 'things/:id', needs: 'dinstar.write' }, count);
    await post(app);
    should(calls).equal(1);
  });

  it('aborts its work when the browser goes away', async () => {
    let aborted: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      aborted = resolve;
    });
    const { app } = redWith(({ signal }) => {
      signal.addEventListener('abort', aborted);
      return new Promise(() => undefined);
    });
    await post(app)
      .timeout(50)
      .catch(() => undefined);
    await gone;
  });

  it('knows no gateway that isn’t deployed', () => {
    const runtime = { gatewayNodes: new GatewayNodes() } as unknown as SharedRuntime;
    should(() => gatewayOf(runtime, { params: { id: 'x' } })).throw({ code: 'NOT_CONFIGURED' });
  });
});
