import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import should from 'should';
import { readSwitches } from '../../../simulator/control/cliSwitches';

const noFiles = () => {
  throw new Error('no file');
};
const cli = join(__dirname, '..', '..', '..', 'lib', 'command', 'cli.ts');

/** Runs the command until it says something or ends. */
function run(args: string[]): { child: ChildProcess; said: Promise<string>; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [
    '--require',
    require.resolve('../../../scripts/typescript/register.cjs'),
    cli,
    ...args,
  ]);
  const said = new Promise<string>((resolve) => {
    child.stdout.once('data', (text: Buffer) => resolve(String(text)));
    child.stderr.once('data', (text: Buffer) => resolve(String(text)));
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, said, ended };
}

describe('the simulator on the command line', () => {
  it('reads its switches', () => {
    const args =
      'simulator --port 0 --ports 4 --login digest --password x --fast --untidy --push-url http://a/b --plain ' +
      '--device-ahead=-28800 --network-ahead=3600';
    should(readSwitches(args.split(' '), noFiles)).match({
      options: {
        port: 0,
        ports: 4,
        login: 'digest',
        password: 'x',
        speed: 'fast',
        untidy: true,
        pushUrl: 'http://a/b',
        snInReplies: false,
        deviceAhead: -28_800,
        networkAhead: 3600,
      },
    });
    should(readSwitches(['simulator'], noFiles)).match({ options: { port: 8090, speed: 'real' } });
    should(readSwitches(['simulator', '--tls-key', 'k', '--tls-cert', 'c'], (path) => `PEM ${path}`)).match({
      options: { tls: { key: 'PEM k', cert: 'PEM c' } },
    });
  });

  it('reads the terms of the operator from a file, and names what is wrong in them', () => {
    const read = (json: string) => readSwitches(['simulator', '--operator', 'terms', '--balance', '5'], () => json);
    should(read('{"rules":[{"count":"sms","per":"day","max":3}],"price":0.09}')).match({
      options: { balance: 5, operator: { price: 0.09, rules: [{ count: 'sms', max: 3, window: 'calendar' }] } },
    });
    should(read('{"rules":[{"count":"sms","per":"day"}]}')).match({ mistake: /^--operator: rules\[0\]\.max must be/ });
    should(read('{')).match({ mistake: /^--operator: / });
  });

  it('names the mistake in a wrong switch', () => {
    const mistake = (line: string) => (readSwitches(line.split(' '), noFiles) as { mistake: string }).mistake;
    should(mistake('simulator --prot 1')).match(/--prot/);
    should(mistake('simulator --port x')).match(/--port must be a whole number from 0 to 65535, not "x"/);
    should(mistake('simulator --ports 33')).match(/--ports must be a whole number from 1 to 32/);
    should(mistake('simulator --login ntlm')).match(/--login must be one of none, basic, digest/);
    should(mistake('simulate')).match(/commands are "simulator" and "move-store"/);
    should(mistake('simulator --tls-key k')).match(/go together/);
  });

  it('starts, says where, and ends on SIGTERM', async () => {
    const { child, said, ended } = run(['simulator', '--port', '0', '--fast']);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said)?.[0];
    should(url).be.a.String();
    should((await fetch(`${url}/simulator/state`)).status).equal(200);
    child.kill('SIGTERM');
    should(await ended).equal(0);
  });

  it('ends with code 2 on an unknown switch', async () => {
    const { said, ended } = run(['simulator', '--nonsense']);
    should(await said).match(/--nonsense[\s\S]*--help/);
    should(await ended).equal(2);
  });
});
