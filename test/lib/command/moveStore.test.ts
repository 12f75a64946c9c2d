import { type ExecFileException, execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { readMoveStoreSwitches } from '../../../lib/command/moveStoreSwitches';
import { describePostgres } from '../../support/postgres';
import { temporaryFolder } from '../../support/temporaryFolder';
import { take } from '../store/conformance/given';
import { Places } from '../store/moving/places';
import { drivers } from '../store/sqlite/drivers';

const URL_OF_A_DATABASE = 'postgres://me:secret@127.0.0.1/db';
const read = (line: string, env = {}, readFile = (): string => URL_OF_A_DATABASE) =>
  readMoveStoreSwitches(line.split(' ').filter(Boolean), { env, readFile });

describe('the switches of move-store', () => {
  it('say where to, and the connection comes from the environment or a file', () => {
    const env = { DINSTAR_DATABASE: `${URL_OF_A_DATABASE}\n` };
    should(read('--to file --user-dir /data --schema s1', env)).eql({
      asked: {
        ...{ to: 'file', userDir: path.resolve('/data'), schema: 's1', connection: URL_OF_A_DATABASE },
        isFormerTargetGone: false,
      },
    });
    should(read('--to postgres --connection-file url --former-target-is-gone')).match({
      asked: { schema: 'dinstar', connection: URL_OF_A_DATABASE, isFormerTargetGone: true },
    });
    should(read('')).eql({ help: true });
  });

  it('are refused by their names, and nothing of a connection is repeated', () => {
    const env = { DINSTAR_DATABASE: URL_OF_A_DATABASE };
    const mistake = (line: string, from: object = env): string => (read(line, from) as { mistake: string }).mistake;
    should(mistake('--to memory')).equal('--to must be postgres or file.');
    should(mistake('--to file --schema A')).match(/^--schema must be/);
    should(mistake('--to file', {})).match(/^The connection is missing: set DINSTAR_DATABASE/);
    should(mistake(`--to file --connection ${URL_OF_A_DATABASE}`)).match(/^Unknown option '--connection'/);
    const noFile = readMoveStoreSwitches(['--to', 'file', '--connection-file', 'x'], {
      env,
      readFile: () => {
        throw new Error('ENOENT: no such file');
      },
    });
    should(noFile).eql({ mistake: '--connection-file: ENOENT: no such file' });
  });
});

const PROGRAM = [
  ...['--require', require.resolve('../../../scripts/typescript/register.cjs')],
  path.resolve(__dirname, '../../../lib/command/cli.ts'),
];

/** Runs the command until it ends. */
const run = (args: readonly string[], database: string): Promise<{ code: unknown; text: string }> =>
  new Promise((resolve) => {
    const env = { ...process.env, DINSTAR_DATABASE: database };
    const done = (error: ExecFileException | null, out: string, err: string): void =>
      resolve({ code: error?.code ?? 0, text: out + err });
    execFile(process.execPath, [...PROGRAM, 'move-store', ...args], { env }, done);
  });

describePostgres(() => {
  describe('the command move-store', function () {
    this.timeout(120_000);

    it('moves the messages of a user directory, says what it did and what comes next, and back', async () => {
      const [driver] = drivers;
      if (!driver) throw new Error('there is no SQLite');
      const places = await Places.make(driver);
      const userDir = path.dirname(path.dirname(places.file));
      await places.with(places.fileStore, (store) => take(store, 'a', [{}, {}]));
      const where = ['--user-dir', userDir, '--schema', places.schema];
      const there = await run(['--to', 'postgres', ...where], places.connection);
      should(there).match({
        code: 0,
        text: /^All of it was moved\.\n1 inputs with 2 SMS, 2 of which are not done, are in Post/,
      });
      should(there.text).match(/messages\.sqlite\.moved-.*: it holds numbers and texts[\s\S]*--safe/);
      should(await run(['--to', 'postgres', ...where], places.connection)).match({ code: 0, text: /nothing to move/ });
      const back = await run(['--to', 'file', ...where], places.connection);
      should(back).match({ code: 0, text: /2 of which are not done, are in the file now/ });
      should(await places.with(places.fileStore, (store) => store.recipients('a'))).have.length(2);
    });

    it('says what is wrong, without a word of the connection', async () => {
      const userDir = temporaryFolder('command');
      mkdirSync(path.join(userDir, 'dinstar'));
      writeFileSync(path.join(userDir, 'dinstar', 'messages.sqlite'), 'no store');
      const away = await run(['--to', 'file', '--user-dir', userDir], 'postgres://me:open-sesame@127.0.0.1:9/no-such');
      should(away).match({ code: 1, text: /^The message store in PostgreSQL can't be reached/ });
      const odd = await run(['--to', 'file', '--user-dir', userDir], 'mysql://me:open-sesame@127.0.0.1/no-such');
      should(odd).match({ code: 2, text: /^The connection must be a PostgreSQL URL/ });
      for (const { text } of [away, odd]) should(text).not.match(/open-sesame|no-such|me:/);
    });
  });
});
