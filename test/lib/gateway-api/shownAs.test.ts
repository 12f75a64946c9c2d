import should from 'should';
import { GatewayError } from '../../../lib/gateway-api';
import { bareServer } from '../../support/bareServer';
import { freePort } from '../../support/freePort';
import { until } from '../../support/until';
import { clientOf, closeAll, gatewayThat, HandClock } from './helpers';

const NAME = '$' + '{GATEWAY_URL}';
const errorOf = async (asked: Promise<unknown>): Promise<GatewayError> => {
  const error = await asked.catch((reason: unknown) => reason);
  should(error).be.instanceOf(GatewayError);
  return error as GatewayError;
};

describe('an address that isn’t to be shown', () => {
  afterEach(closeAll);
  const silent = ({ message, stack = '' }: GatewayError): void => {
    should(message + stack).not.match(/127\.0\.0\.1|:\d{4,5}\b(?!:)/);
  };

  it('is called by its name where nothing listens, and where the protocol is the wrong one', async () => {
    const port = await freePort();
    const { server: plain } = await gatewayThat(() => ({ json: {} }));
    const secure = await bareServer((socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
    for (const [url, advice] of [
      [`http://127.0.0.1:${port}`, 'nothing listens there'],
      [plain.url.replace('http:', 'https:'), 'perhaps its address must begin with http:'],
      [secure.url, 'its address must begin with https:'],
    ] as const) {
      const error = await errorOf(clientOf({ url, shownAs: NAME }).querySmsInQueue());
      should(error.message).startWith(`The gateway can't be reached at ${NAME}: `).and.containEql(advice);
      silent(error);
      const open = await errorOf(clientOf({ url }).querySmsInQueue());
      should(open.message).startWith(`The gateway can't be reached at ${url}: `);
    }
    secure.close();
  });

  it('is called by its name where no answer comes in time', async () => {
    const clock = new HandClock();
    const { client, server } = await gatewayThat(() => undefined, { clock, shownAs: NAME });
    const asked = errorOf(client.querySmsInQueue());
    await until(() => server.seen.length === 1);
    clock.forward(15_000);
    const error = await asked;
    should(error.message).containEql(`The gateway at ${NAME} gave no whole answer`);
    silent(error);
  });

  it('isn’t told by a redirect either', async () => {
    const Location = `http://127.0.0.1:${await freePort()}/index.html`;
    const { client } = await gatewayThat(() => ({ status: 302, headers: { Location }, text: '' }), { shownAs: NAME });
    const error = await errorOf(client.querySmsInQueue());
    should(error.message).containEql('redirects to another page');
    silent(error);
  });
});
