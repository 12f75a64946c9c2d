import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import type { Driver, Row } from '../../../../lib/store/sqlite/drivers/driver';
import { LATEST_VERSION } from '../../../../lib/store/sqlite/migrate';
import { textOf } from '../../../support/architecture/sources';
import { drivers, newFile, opened } from './drivers';

const FORMER_VERSIONS = Array.from({ length: LATEST_VERSION - 1 }, (_, before) => before + 1);
/** What columns of an earlier version are called now, as the steps from version to version say. */
const RENAMED = new Map(
  [...textOf('lib/store/sqlite/schema.ts').matchAll(/RENAME COLUMN (\w+) TO (\w+)/g)].map(([, before, now]) => [
    before,
    now,
  ]),
);

/** What one column of a row holds: its table, its row's place, its name of today, its value. */
type Cell = readonly [string, number, string, unknown];

const tablesOf = (driver: Driver): string[] =>
  driver
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .all()
    .map(({ name }) => String(name));

const rowsOf = (driver: Driver, table: string): Row[] => driver.prepare(`SELECT * FROM ${table}`).all();

const columnsOf = (driver: Driver, table: string): Row[] =>
  driver.prepare(`SELECT name, type, pk FROM pragma_table_info('${table}') ORDER BY name`).all();

const cellsOf = (driver: Driver): Cell[] =>
  tablesOf(driver).flatMap((table) =>
    rowsOf(driver, table).flatMap((row, place) =>
      Object.entries(row).map(([name, value]): Cell => [table, place, RENAMED.get(name) ?? name, value]),
    ),
  );

/** Gives each table without a row one that has something in every column. */
function fill(driver: Driver): void {
  for (const table of tablesOf(driver).filter((name) => rowsOf(driver, name).length === 0)) {
    const columns = columnsOf(driver, table);
    const values = columns.map(({ name, type }, place) => (type === 'TEXT' ? `'"${name}"'` : 1_000 + place));
    driver.exec(
      `INSERT INTO ${table} (${columns.map(({ name }) => String(name)).join(', ')}) VALUES (${values.join(', ')})`,
    );
  }
}

/** The tables with their columns, and the indices, as SQLite knows them. */
const schemaOf = (driver: Driver): unknown => ({
  columns: tablesOf(driver).map((table) => [table, columnsOf(driver, table)]),
  indices: driver
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name`)
    .all()
    .map(({ name, sql }) => [name, String(sql).replace(/\s+/g, ' ')]),
});

for (const kind of drivers) {
  describe(`a store's file of an earlier version, opened by ${kind.name}`, () => {
    const look = <T>(file: string, what: (driver: Driver) => T): T => {
      const driver = kind.open(file);
      try {
        return what(driver);
      } finally {
        driver.close();
      }
    };
    const openedOnce = async (file: string): Promise<void> => (await opened(kind, file)).close();

    for (const version of FORMER_VERSIONS) {
      it(`keeps what every column of every row held in version ${version}, in the tables, columns and indices of a new file`, async () => {
        const file = newFile();
        const before = look(file, (driver) => {
          driver.exec(readFileSync(path.join(__dirname, `version${version}.sql`), 'utf8'));
          fill(driver);
          return cellsOf(driver);
        });
        should(before.length).be.above(100);
        await openedOnce(file);
        const now = look(file, cellsOf).map((cell) => JSON.stringify(cell));
        const lost = before.filter((cell) => !now.includes(JSON.stringify(cell)));
        should(lost).eql([]);
        const fresh = newFile();
        await openedOnce(fresh);
        should(look(file, schemaOf)).eql(look(fresh, schemaOf));
      });
    }
  });
}
