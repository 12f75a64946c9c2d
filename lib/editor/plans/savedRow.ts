import { type CellDefinition, savedOf } from './cells';

/** A row as it is saved, or as somebody wrote it. */
export type SavedRow = Readonly<Record<string, unknown>>;

const isRow = (value: unknown): value is SavedRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The rows of a list; none where it is something else. */
export const listOf = (value: unknown): SavedRow[] => (Array.isArray(value) ? value.filter(isRow) : []);

/** A row in which `reserve`, `pause` and `sticky` have their long form, as `lib/plans` reads the short one. */
export function withLongForms(saved: SavedRow): SavedRow {
  const { reserve, pause, sticky } = saved;
  return {
    ...saved,
    ...(isShort(reserve) && { reserve: { percent: reserve, ...(Number(reserve) === 0 && { least: 0 }) } }),
    ...(isShort(pause) && { pause: { min: pause } }),
    ...(isShort(sticky) && { sticky: { mode: sticky } }),
  };
}

const isShort = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && !isRow(value);

/** What a row has at a path such as `balance.read`. */
export function valueAt(row: SavedRow, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isRow(at) ? at[name] : undefined), row);
}

/** Puts a field's value into a row at the path of its definition; what is at its default is left out. */
export function put(row: Record<string, unknown>, definition: CellDefinition, field: JQuery): void {
  const value = savedOf(field, definition);
  if (value === undefined) return;
  const [group = '', own] = definition.path.split('.');
  if (own === undefined) row[group] = value;
  else row[group] = { ...(row[group] as object | undefined), [own]: value };
}
