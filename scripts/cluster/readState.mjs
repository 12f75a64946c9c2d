// What the demo's page shows, read from the tables that the machines share.
const MACHINES = `SELECT id, name, round(extract(epoch FROM clock_timestamp() - heard_at)::numeric, 1)::float8 AS silent,
  heard_at > clock_timestamp() - 2 * lease * interval '1 ms' AS lives FROM dinstar.machine ORDER BY name, heard_at DESC`;
const LEASES = `SELECT lease.gateway, machine.name AS holder, lease.epoch::int AS epoch,
    round(greatest(0, extract(epoch FROM lease.until - clock_timestamp()))::numeric, 1)::float8 AS left
  FROM dinstar.lease LEFT JOIN dinstar.machine ON machine.id = lease.holder ORDER BY lease.gateway`;
const COUNTS = `SELECT gateway, count(*) FILTER (WHERE stage = 'waiting')::int AS waiting,
    count(*) FILTER (WHERE stage NOT IN ('waiting', 'done'))::int AS under_way,
    count(*) FILTER (WHERE stage = 'done')::int AS done FROM dinstar.states GROUP BY gateway`;
const OPEN = `SELECT machine.name, count(*)::int AS count FROM dinstar.inputs JOIN dinstar.machine ON machine.id = inputs.machine
  WHERE closed_at = 0 GROUP BY machine.name`;

/** Names are kept as JSON. */
const named = (name) => (name === null ? undefined : JSON.parse(name));

/**
 * `{ machines: [{ name, silent, lives, open }], gateways: [{ id, holder, epoch, left, waiting, under_way, done }] }`; nothing yet
 * before a machine has made the tables. `query(sql)` resolves with rows.
 */
export async function readState(query) {
  const [made] = await query("SELECT to_regclass('dinstar.lease') IS NOT NULL AS yes");
  if (!made.yes) return { machines: [], gateways: [] };
  const [machines, leases, counts, open] = await Promise.all([MACHINES, LEASES, COUNTS, OPEN].map((sql) => query(sql)));
  const openOf = new Map(open.map(({ name, count }) => [name, count]));
  // A machine that was started again has another id; the former one is shown no more.
  const newest = machines.filter((one, place) => machines.findIndex(({ name }) => name === one.name) === place);
  return {
    machines: newest.map(({ name, silent, lives }) => ({
      name: named(name),
      silent,
      lives,
      open: openOf.get(name) ?? 0,
    })),
    gateways: leases.map(({ gateway, holder, epoch, left }) => {
      const { waiting = 0, under_way = 0, done = 0 } = counts.find((one) => one.gateway === gateway) ?? {};
      return { id: gateway, holder: named(holder), epoch, left, waiting, under_way, done };
    }),
  };
}
