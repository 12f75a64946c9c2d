/** PostgreSQL's types of which arrays are passed, by the words of statements: their ids (pg_type), and how a value is written. */
const TYPES: Readonly<Record<string, ElementType>> = {
  text: {
    oid: 25,
    size: (value) => Buffer.byteLength(String(value)),
    write: (to, value, at) => to.write(String(value), at),
  },
  bigint: { oid: 20, size: () => 8, write: writeBigint },
  int: { oid: 23, size: () => 4, write: (to, value, at) => to.writeInt32BE(Number(value), at) },
  smallint: { oid: 21, size: () => 2, write: (to, value, at) => to.writeInt16BE(Number(value), at) },
  float8: { oid: 701, size: () => 8, write: (to, value, at) => to.writeDoubleBE(Number(value), at) },
  boolean: { oid: 16, size: () => 1, write: (to, value, at) => to.writeUInt8(value ? 1 : 0, at) },
};

interface ElementType {
  oid: number;
  size: (value: unknown) => number;
  write: (to: Buffer, value: unknown, at: number) => void;
}

const ARRAYS = /\$(\d+)::(text|bigint|int|smallint|float8|boolean)\[\]/g;

/**
 * The values of a statement, in which arrays are in PostgreSQL's binary form where the statement says of what they are (`$1::text[]`).
 * As text each quote of each JSON in them would have to be escaped here and read again there.
 */
export function withBinaryArrays(sql: string, values: readonly unknown[]): unknown[] {
  const written = [...values];
  if (!values.some(Array.isArray)) return written;
  for (const [, place, name = ''] of sql.matchAll(ARRAYS)) {
    const at = Number(place) - 1;
    const [value, type] = [written[at], TYPES[name]];
    if (type && Array.isArray(value)) written[at] = binaryArray(value, type);
  }
  return written;
}

/** Of an array: how many dimensions, whether a value is missing, of what, how many, from which index on. */
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const NOTHING = -1;

/** As PostgreSQL's `array_recv` reads it: each value after its length. */
function binaryArray(values: readonly unknown[], { oid, size, write }: ElementType): Buffer {
  const sizes = values.map((value) => (value === null ? 0 : size(value)));
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + sizes.reduce((sum, one) => sum + LENGTH_BYTES + one, 0));
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  bytes.writeInt32BE(oid, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let at = HEAD_BYTES;
  values.forEach((value, place) => {
    const own = sizes[place] ?? 0;
    bytes.writeInt32BE(value === null ? NOTHING : own, at);
    at += LENGTH_BYTES;
    if (value !== null) write(bytes, value, at);
    at += own;
  });
  return bytes;
}

const WORD = 2 ** 32;

/** A whole number beyond 32 bits: ours are below 2^53. */
function writeBigint(to: Buffer, value: unknown, at: number): void {
  const whole = Number(value);
  to.writeInt32BE(Math.floor(whole / WORD), at);
  to.writeUInt32BE(((whole % WORD) + WORD) % WORD, at + 4);
}
