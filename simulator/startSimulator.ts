import type { IncomingMessage, ServerResponse } from 'node:http';
import { controlsOf } from './control/controlsOf';
import { handleControl } from './control/handleControl';
import { Invention } from './control/Invention';
import { pageHtml } from './control/page';
import type { Simulator } from './control/simulator';
import { Gateway } from './device/Gateway';
import type { SimulatorOptions } from './device/options';
import { settle } from './device/settings';
import { Api } from './http/Api';
import { refusalOf, refuse } from './http/callers';
import { Faults } from './http/Faults';
import { Listener } from './http/Listener';
import { Login } from './http/Login';

/**
 * Starts a simulated gateway on 127.0.0.1.
 * @throws RangeError for options out of range; the system's error when the TCP port is taken
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const settings = settle(options);
  const gateway = new Gateway(settings);
  const login = new Login(settings);
  const faults = new Faults();
  const api = new Api(gateway, login, faults);
  const listener = new Listener({ port: settings.port, tls: settings.tls }, (request, response) => {
    void handle(request, response);
  });
  const invention = new Invention(gateway);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', 'http://gateway');
      const refusal = refusalOf(request, url.pathname.startsWith('/simulator/'));
      if (refusal) refuse(response, refusal);
      else if (url.pathname === '/') {
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(pageHtml);
      } else if (url.pathname.startsWith('/simulator/'))
        await handleControl(simulator, gateway, request, response, url);
      else await api.handle(request, response, url);
    } catch {
      // Nothing that comes over the wire may end the simulator.
      response.destroy();
    }
  }

  const simulator = controlsOf({ gateway, login, faults, api, listener, invention });
  await listener.listen();
  invention.start();
  return simulator;
}
