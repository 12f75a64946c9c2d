import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { Authority, type Pair } from '../../../support/certificates';
import { describePostgres, PostgresServer } from '../../../support/postgres';

/** Everybody with a certificate in the name of the database's user. */
const ACCESS = ['host all postgres 127.0.0.1/32 trust', 'hostssl all known 127.0.0.1/32 cert'];

interface To {
  user: string;
  host: string;
  port: number;
  query: string;
}

describePostgres(() => {
  describe('a store in PostgreSQL over TLS', function () {
    this.timeout(60_000);
    let server: PostgresServer;
    let authority: Authority;
    let stranger: Authority;
    let known: Pair;
    before(async () => {
      [authority, stranger] = await Promise.all([Authority.create('ours'), Authority.create('a stranger')]);
      const own = await authority.vouchFor('database', '127.0.0.1');
      known = await authority.vouchFor('known');
      server = await PostgresServer.start({
        files: { 'own.key': own.key, 'own.crt': own.cert, 'ca.crt': authority.cert },
        settings: { ssl: 'on', ssl_key_file: "'own.key'", ssl_cert_file: "'own.crt'", ssl_ca_file: "'ca.crt'" },
        access: ACCESS,
      });
      await server.query('postgres', 'CREATE ROLE known LOGIN; GRANT CREATE ON DATABASE postgres TO known');
    });
    after(() => server.stop());

    async function isOpened(tls: object | undefined, to: Partial<To> = {}): Promise<unknown[]> {
      const { user = 'postgres', host = '127.0.0.1', port = server.port, query = '' } = to;
      const connection = `postgres://${user}@${host}:${port}/postgres${query}`;
      const options = { connection, schema: user, clock: systemClock, random: Math.random, tls };
      const store = new PostgresStore(options);
      try {
        await store.open();
        const sql = 'SELECT ssl, client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()';
        return await store.run((tx) => tx.ask(sql));
      } finally {
        await store.close();
      }
    }

    it('believes a server for which the authority vouches that it is told of', async () => {
      should(await isOpened({ ca: authority.cert })).match([{ ssl: true }]);
    });

    it('believes no other one, and keeps nothing there', async () => {
      await should(isOpened({ ca: stranger.cert })).be.rejectedWith(/certificate/);
      await should(isOpened({})).be.rejectedWith(/certificate/);
      await should(isOpened(undefined, { query: '?sslmode=verify-full' })).be.rejectedWith(/certificate/);
    });

    it('believes none that is another one’s, by the address of the URL, or the server’s name that it is told', async () => {
      const elsewhere = await authority.vouchFor('db.example', '127.0.0.2');
      const other = await PostgresServer.start({
        files: { 'own.key': elsewhere.key, 'own.crt': elsewhere.cert },
        settings: { ssl: 'on', ssl_key_file: "'own.key'", ssl_cert_file: "'own.crt'" },
      });
      const { cert: ca } = authority;
      try {
        await should(isOpened({ ca }, { port: other.port })).be.rejectedWith(/does not match/);
        await should(isOpened({ ca, servername: 'elsewhere.example' })).be.rejectedWith(/does not match/);
        for (const host of ['127.0.0.1', 'localhost'])
          should(await isOpened({ ca, servername: 'db.example' }, { host, port: other.port })).match([{ ssl: true }]);
        await should(isOpened({ ca }, { host: 'localhost', port: other.port })).be.rejectedWith(/does not match/);
      } finally {
        await other.stop();
      }
    });

    it('shows its own certificate where it has one', async () => {
      should(await isOpened({ ca: authority.cert, ...known }, { user: 'known' })).match([
        { ssl: true, client_dn: '/CN=known' },
      ]);
      await should(isOpened({ ca: authority.cert }, { user: 'known' })).be.rejectedWith(/certificate/);
      const other = await stranger.vouchFor('known');
      await should(isOpened({ ca: authority.cert, ...other }, { user: 'known' })).be.rejected();
    });
  });
});
