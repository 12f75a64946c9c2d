import express from 'express';
import should from 'should';
import request from 'supertest';
import type { HttpHandler, Red } from '../../../../lib/runtime/red';
import type { SharedRuntime } from '../../../../lib/runtime/SharedRuntime';
import { openSidebar } from '../../../../lib/runtime/sidebar/routes';

/** A Node-RED whose user may do what `scopes` hold, and what its jobs were told to do. */
function openFor(scopes: readonly string[]): { app: express.Express; told: unknown[] } {
  const app = express();
  app.use(express.json());
  const told: unknown[] = [];
  const needsPermission =
    (permission: string): HttpHandler =>
    (_request, response, next) =>
      scopes.includes(permission) ? next() : response.status(401).end();
  const red = { httpAdmin: app, auth: { needsPermission }, log: { info: () => undefined } } as unknown as Red;
  const answer = {
    waiting: 0,
    held: 0,
    stopped: 1,
    left: [{ number: '+436641234567', user_id: 1, status: 'SENDING' }],
  };
  const jobs = {
    command: async (...command: unknown[]) => {
      told.push(command);
      return answer;
    },
    stopWaiting: async (gateway: string) => {
      told.push(gateway);
      return 2;
    },
  };
  const runtime = {
    ...{ openSidebar: () => undefined, sidebar: { hasChanged: () => undefined }, gateways: { jobs } },
    gatewayNodes: { meant: (id: string) => ({ id, identity: { name: 'farm' } }) },
  };
  openSidebar(red, runtime as unknown as SharedRuntime);
  return { app, told };
}

const COMMANDS = ['jobs/pause', 'jobs/resume', 'jobs/stop', 'waiting/stop'];
const post = (app: express.Express, path: string) =>
  request(app).post(`/dinstar/admin/sidebar/gateways/g/${path}`).send({ job: 'campaign' });

describe('the sidebar’s routes for jobs', () => {
  it('let nobody pause, resume or stop anything who may only look', async () => {
    const { app, told } = openFor(['dinstar.read']);
    for (const path of COMMANDS) should((await post(app, path)).status).equal(401, path);
    should(told).be.empty();
  });

  it('do it for whoever may write, of the gateway that is named, and answer with counts alone', async () => {
    const { app, told } = openFor(['dinstar.read', 'dinstar.write']);
    const answers = [];
    for (const path of COMMANDS) answers.push((await post(app, path)).body);
    const counts = { waiting: 0, held: 0, stopped: 1, left: 1 };
    should(answers).eql([counts, counts, counts, { stopped: 2 }]);
    const job = [['g'], { job: 'campaign' }];
    should(told).eql([[...job, 'pause'], [...job, 'resume'], [...job, 'stop'], 'g']);
  });

  it('take no form of another page', async () => {
    const { app, told } = openFor(['dinstar.read', 'dinstar.write']);
    for (const path of COMMANDS) {
      const form = request(app).post(`/dinstar/admin/sidebar/gateways/g/${path}`).type('form').send('job=campaign');
      should((await form).status).equal(415);
    }
    should(told).be.empty();
  });
});
