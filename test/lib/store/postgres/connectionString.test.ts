import should from 'should';
import { parseConnection } from '../../../../lib/store';

describe('a connection to PostgreSQL', () => {
  it('is read from a URL, with what is escaped in it', () => {
    const settings = parseConnection(
      ' postgres://me:p%40ss%3A@db.example:6543/sms%20box?sslmode=require&application_name=a%3Db ',
    );
    should(settings).match({
      servers: [{ host: 'db.example', port: 6543 }],
      ...{ user: 'me', password: 'p@ss:', database: 'sms box' },
    });
    should([...(settings?.options ?? [])]).eql([
      ['sslmode', 'require'],
      ['application_name', 'a=b'],
    ]);
  });

  it('may name several servers, IPv6 and sockets among them, each with its port', () => {
    const hosts = (text: string) => parseConnection(text)?.servers;
    should(hosts('postgresql://a,b:5433,[fd00::1]:1/x')).eql([
      { host: 'a', port: 5432 },
      { host: 'b', port: 5433 },
      { host: 'fd00::1', port: 1 },
    ]);
    should(hosts('postgres://%2Frun%2Fpostgresql/x')).eql([{ host: '/run/postgresql', port: 5432 }]);
    should(hosts('postgres:///x')).eql([{ host: 'localhost', port: 5432 }]);
  });

  it('is none where it is something else', () => {
    for (const text of [
      '',
      'host=db user=me',
      'mysql://a/b',
      'postgres://a:x/',
      'postgres://a:99999/',
      'postgres://%zz/',
    ]) {
      should(parseConnection(text)).equal(undefined, text);
    }
  });
});
