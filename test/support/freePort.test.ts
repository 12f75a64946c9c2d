import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import should from 'should';
import { freePort } from './freePort';
import { root } from './repository';

const PROGRAM = `require('./scripts/typescript/register.cjs');
const { freePort } = require('./test/support/freePort.ts');
const ports = Array.from({ length: 120 }, () => freePort());
Promise.all(ports).then((all) => process.stdout.write(all.join(' ')));`;

const portsOfAnother = async (): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROGRAM], { cwd: path.resolve(root) });
  return stdout.split(' ');
};

describe('ports that tests are told are free', () => {
  it('are told once, however many processes ask at the same time', async () => {
    const others = await Promise.all([portsOfAnother(), portsOfAnother(), portsOfAnother()]);
    const own = await Promise.all(Array.from({ length: 120 }, () => freePort()));
    const all = [...others.flat(), ...own.map(String)];
    should(new Set(all).size).equal(480);
  });
});
