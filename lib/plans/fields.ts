import { BadPlan, type PlanProblem, type ProblemKind } from './problem';

/** A place in a row of plans, with what is written there. Each method reads it as one thing, or throws a {@link BadPlan}. */
export class Field {
  constructor(
    private readonly row: number,
    private readonly path: string,
    readonly value: unknown,
  ) {}

  /** Whether nothing is written: what a cleared field of a dialog leaves is nothing, too. */
  get isEmpty(): boolean {
    const { value } = this;
    return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  }

  fail(kind: ProblemKind, more: Pick<PlanProblem, 'allowed' | 'least' | 'most'> = {}): never {
    throw new BadPlan({ kind, row: this.row, field: this.path, ...more });
  }

  /** Reads an object; returns its fields, of which there are no others than these. */
  object<Name extends string>(names: readonly Name[]): Record<Name, Field> {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.fail('row');
    const given = value as Record<string, unknown>;
    for (const name of Object.keys(given)) {
      if (!(names as readonly string[]).includes(name)) this.inside(name, undefined).fail('unknown');
    }
    const own = new Map(Object.entries(given));
    return Object.fromEntries(names.map((name) => [name, this.inside(name, own.get(name))])) as Record<Name, Field>;
  }

  list(): Field[] {
    if (!Array.isArray(this.value)) return this.fail('list');
    return this.value.map((one, place) => new Field(this.row, `${this.path}[${place}]`, one));
  }

  text(): string {
    const { value } = this;
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? value.trim() : this.fail('text');
  }

  choice<Word extends string>(words: readonly Word[], instead: Word): Word {
    if (this.isEmpty) return instead;
    const found = words.find((word) => word === this.value);
    return found ?? this.fail('choice', { allowed: words.join(', ') });
  }

  whole(least: number, most: number, instead?: number): number {
    const read = this.read(instead);
    return Number.isInteger(read) && read >= least && read <= most ? read : this.fail('whole', { least, most });
  }

  number(least: number, most: number, instead: number): number {
    const read = this.read(instead);
    return read >= least && read <= most ? read : this.fail('number', { least, most });
  }

  /** A time of the day, with two digits for the hour. */
  time(): string {
    const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(this.text()) ?? this.fail('time');
    if (Number(hour) > 23 || Number(minute) > 59) this.fail('time');
    return `${hour.padStart(2, '0')}:${minute}`;
  }

  private read(instead = Number.NaN): number {
    if (this.isEmpty) return instead;
    const { value } = this;
    return typeof value === 'number' || typeof value === 'string' ? Number(value) : Number.NaN;
  }

  private inside(name: string, value: unknown): Field {
    return new Field(this.row, this.path === '' ? name : `${this.path}.${name}`, value);
  }
}
