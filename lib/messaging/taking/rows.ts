import { withoutUnseen } from '../../numbers/unseen';

type Row = Readonly<Record<string, unknown>>;

/** The key of a row by this name: spelt so, or so that it reads the same, as the first one of a file with a byte order mark. */
export function keyReadAs(name: string, row: Row): string | undefined {
  if (Object.hasOwn(row, name)) return name;
  const wanted = readAs(name);
  return Object.keys(row).find((key) => readAs(key) === wanted);
}

const readAs = (key: string): string => withoutUnseen(key).trim().normalize('NFC');
