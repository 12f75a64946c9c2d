import type { Addressee, Heartbeat, LeaseTable, Letter, Outbox, Seen, SeenLease } from '../machines';
import { quoted } from '../rows';
import type { PostgresStore } from './PostgresStore';
import type { Rows } from './Transaction';

const HEARD = `INSERT INTO %.machine (id, name, lease, facts, heard_at) VALUES ($1, $2, $3, $4, clock_timestamp())
  ON CONFLICT (id) DO UPDATE SET name = excluded.name, lease = excluded.lease, facts = excluded.facts,
    heard_at = clock_timestamp()`;
// One that has ended is never renewed: somebody may be about to take it.
const RENEW = `UPDATE %.lease SET until = clock_timestamp() + $2 * interval '1 ms'
  WHERE holder = $1 AND until > clock_timestamp()`;
const FORGET = [
  `DELETE FROM %.machine WHERE heard_at < clock_timestamp() - interval '1 day'`,
  `DELETE FROM %.outbox WHERE at < clock_timestamp() - interval '1 day'`,
];
const MS = (span: string): string => `1000 * extract(epoch FROM ${span})::float8`;
const NOW = `SELECT ${MS('clock_timestamp()')} AS now`;
const MACHINES = `SELECT id, name, lease, facts, ${MS('clock_timestamp() - heard_at')} AS silent FROM %.machine
  WHERE heard_at > clock_timestamp() - interval '20 min' ORDER BY heard_at`;
const LEASES = `SELECT gateway, holder, epoch, ${MS('until - clock_timestamp()')} AS "left" FROM %.lease
  WHERE holder IS NOT NULL ORDER BY gateway`;

// In one order, so that no two machines wait for one another.
const ACQUIRE = `INSERT INTO %.lease (gateway, holder, epoch, until)
  SELECT gateway, $1, 1, clock_timestamp() + $3 * interval '1 ms' FROM unnest($2::text[]) AS gateway ORDER BY gateway
  ON CONFLICT (gateway) DO UPDATE SET holder = excluded.holder, epoch = lease.epoch + 1, until = excluded.until
    WHERE lease.until <= clock_timestamp()
  RETURNING gateway, holder, epoch, ${MS('until - clock_timestamp()')} AS "left"`;
const RELEASE = `UPDATE %.lease SET until = clock_timestamp(), holder = NULL
  WHERE holder = $1 AND gateway = ANY($2::text[])`;
const LEAVE = [
  'UPDATE %.lease SET until = clock_timestamp(), holder = NULL WHERE holder = $1',
  'DELETE FROM %.machine WHERE id = $1',
];
const ADOPT = `WITH adopted AS (UPDATE %.inputs AS input SET machine = $1
  WHERE gateway = ANY($2::text[]) AND closed_at = 0 AND machine <> $1 AND NOT EXISTS (
    SELECT FROM %.machine AS own WHERE own.id = input.machine AND own.heard_at > clock_timestamp() - $3 * interval '1 ms')
  RETURNING 1) SELECT count(*) AS count FROM adopted`;

const WRITE = `INSERT INTO %.outbox (machine, gateway, body)
  SELECT machine, gateway, body FROM unnest($1::text[], $2::text[], $3::text[]) AS letter (machine, gateway, body)`;
const READ = `SELECT id, machine, gateway, body FROM %.outbox WHERE machine = $1 OR gateway = ANY($2::text[])
  ORDER BY id LIMIT $3`;
const DONE = 'DELETE FROM %.outbox WHERE id = ANY($1::bigint[])';

const leaseOf = ({ gateway, holder, epoch, left }: Rows[number]): SeenLease => ({
  gateway: String(gateway),
  machine: String(holder),
  epoch: Number(epoch),
  left: Number(left),
});

/** Who talks to which gateway, in the database; all moments are the server's. */
export class PostgresLeases implements LeaseTable {
  constructor(private readonly store: Pick<PostgresStore, 'run'>) {}

  beat({ id, name, lease, facts, renewFor }: Heartbeat): Promise<Seen> {
    return this.store.run(async (tx) => {
      tx.tell(HEARD, id, quoted(name), lease, quoted(facts));
      tx.tell(RENEW, id, renewFor);
      for (const sql of FORGET) tx.tell(sql);
      const [[time], machines, leases] = await Promise.all([tx.ask(NOW), tx.ask(MACHINES), tx.ask(LEASES)]);
      return {
        now: Number(time?.now),
        machines: machines.map((one) => ({
          id: String(one.id),
          name: told(one.name) || String(one.id),
          silent: Number(one.silent),
          lease: Number(one.lease),
          facts: told(one.facts),
        })),
        leases: leases.map(leaseOf),
      };
    }, 'written');
  }

  acquire(machine: string, gateways: string[], lease: number): Promise<SeenLease[]> {
    return this.store.run(async (tx) => {
      const taken = (await tx.ask(ACQUIRE, machine, gateways, lease)).map(leaseOf);
      if (taken.length === gateways.length) return taken;
      tx.tell(
        RELEASE,
        machine,
        taken.map(({ gateway }) => gateway),
      );
      return [];
    }, 'safe');
  }

  release(machine: string, gateways: string[]): Promise<void> {
    return this.store.run(async (tx) => tx.tell(RELEASE, machine, gateways), 'written');
  }

  leave(machine: string): Promise<void> {
    return this.store.run(async (tx) => {
      for (const sql of LEAVE) tx.tell(sql, machine);
    }, 'written');
  }

  adopt(machine: string, gateways: string[], silent: number): Promise<number> {
    return this.store.run(async (tx) => Number((await tx.ask(ADOPT, machine, gateways, silent))[0]?.count), 'safe');
  }
}

/** What machines write to each other, in the database. */
export class PostgresOutbox implements Outbox {
  constructor(private readonly store: Pick<PostgresStore, 'run'>) {}

  write(letters: readonly Omit<Letter, 'id'>[]): Promise<void> {
    const machines = letters.map(({ to }) => ('machine' in to ? to.machine : null));
    const gateways = letters.map(({ to }) => ('gateway' in to ? to.gateway : null));
    const bodies = letters.map(({ body }) => quoted(body));
    return this.store.run(async (tx) => tx.tell(WRITE, machines, gateways, bodies), 'safe');
  }

  read(machine: string, gateways: string[], limit: number): Promise<Letter[]> {
    return this.store.run(async (tx) =>
      (await tx.ask(READ, machine, gateways, limit)).map(({ id, body, ...to }) => ({
        id: Number(id),
        to: addresseeOf(to),
        body: told(body),
      })),
    );
  }

  done(ids: number[]): Promise<void> {
    return this.store.run(async (tx) => tx.tell(DONE, ids), 'written');
  }
}

const addresseeOf = ({ machine, gateway }: Rows[number]): Addressee =>
  machine === null ? { gateway: String(gateway) } : { machine: String(machine) };

/** What another machine has written; empty where it can't be read: one garbled row must keep no machine from all others. */
function told(json: unknown): string {
  try {
    const text: unknown = JSON.parse(String(json));
    return typeof text === 'string' ? text : '';
  } catch {
    return '';
  }
}
