import fc from 'fast-check';
import should from 'should';
import { systemClock } from '../../../../lib/clock';
import { PostgresStore } from '../../../../lib/store/postgres';
import { withBinaryArrays } from '../../../../lib/store/postgres/binaryArrays';
import { anyCharacter } from '../../../support/anyCharacter';
import { describePostgres, sharedPostgres } from '../../../support/postgres';

const orNull = <T>(values: fc.Arbitrary<T>) => fc.array(fc.option(values), { maxLength: 20 });
// PostgreSQL takes no NUL.
const text = fc.string({ unit: anyCharacter }).map((some) => some.replaceAll('\0', ''));
const whole = (bits: number) => fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 });

describe('arrays among the values of a statement', () => {
  it('are written in binary where the statement says of what they are, and nothing else is touched', () => {
    const values = [['a'], ['b'], 'c', null, Buffer.from('d')];
    const [first, ...others] = withBinaryArrays('SELECT $1::text[], $2, $3::text, $4::text[], $5', values);
    should(first).be.instanceof(Buffer);
    should(others).eql(values.slice(1));
    should(values[0]).eql(['a']);
  });

  describePostgres(() => {
    it('arrive as they are: words with quotes and signs of all kinds, whole numbers up to 2^53, fractions, what is missing', async () => {
      const connection = await (await sharedPostgres()).url();
      const store = new PostgresStore({ connection, schema: 'dinstar', clock: systemClock, random: Math.random });
      await store.open();
      const same = async (type: string, values: unknown[]): Promise<void> => {
        const [row] = await store.run((tx) => tx.ask(`SELECT $1::${type}[] AS given`, values));
        // What has 64 bits is read as words in an array.
        const read = ((row?.given ?? []) as unknown[]).map((one) =>
          type === 'bigint' && one !== null ? Number(one) : one,
        );
        should(read).eql(values, type);
      };
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            ...{ text: orNull(text), bigint: orNull(fc.maxSafeInteger()), int: orNull(whole(32)) },
            ...{ smallint: orNull(whole(16)), boolean: orNull(fc.boolean()) },
            float8: orNull(fc.double({ noNaN: true }).map((one) => one + 0)),
          }),
          async (some) => {
            for (const [type, values] of Object.entries(some)) await same(type, values);
          },
        ),
        { numRuns: 25 },
      );
      await store.close();
    }).timeout(30_000);
  });
});
