import should from 'should';
import type { Red } from '../../../../lib/runtime/red';
import { databaseOf } from '../../../../lib/runtime/stores/databaseOf';

describe('the database of a store node', () => {
  const tls = { addTLSOptions: (options: object) => ({ ...options, rejectUnauthorized: true }) };
  const red = { nodes: { getNode: (id: string) => (id === 'tls' ? tls : null) } } as unknown as Red;
  const connection = ' postgres://sms:secret@localhost:5432/sms ';

  it('is as its fields say, without blanks around its URL', () => {
    should(databaseOf(red, { connection, schema: 'dinstar', tls: '' })).eql({
      ...{ connection: connection.trim(), schema: 'dinstar', tls: undefined },
    });
    should(databaseOf(red, { connection, schema: 'dinstar', tls: 'tls' })).match({ tls: { rejectUnauthorized: true } });
  });

  it('is refused by the name of the field, and without the password that is in it', () => {
    for (const wrong of [undefined, '', 'localhost', 'mysql://sms:secret@localhost/sms', 5]) {
      const refused = databaseOf(red, { connection: wrong, schema: 'dinstar', tls: '' });
      should(refused).match({ code: 'INVALID_INPUT', cause: { field: 'connection' } });
      should((refused as Error).message).not.match(/secret/);
    }
    for (const schema of ['', '1st', 'Dinstar', 'a-b', 'a"; DROP TABLE sms', 'x'.repeat(64)]) {
      should(databaseOf(red, { connection, schema, tls: '' })).match({
        code: 'INVALID_INPUT',
        cause: { field: 'schema' },
      });
    }
  });
});
