import { createHash } from 'node:crypto';

/** A statement as it is sent. */
interface Statement {
  text: string;
  /** The same for the same text, whoever sends it. */
  name: string;
}

/** More than there are; beyond, one is made each time. */
const MOST = 200;

/** Statements of a schema, each made up once. */
export class Statements {
  private readonly known = new Map<string, Statement>();

  /** @param schema what `%.` stands for in them */
  constructor(private readonly schema: string) {}

  of(sql: string): Statement {
    const known = this.known.get(sql);
    if (known) return known;
    const text = sql.replaceAll('%.', this.schema);
    const statement = { text, name: `dinstar_${createHash('sha256').update(text).digest('hex').slice(0, 24)}` };
    if (this.known.size < MOST) this.known.set(sql, statement);
    return statement;
  }
}
