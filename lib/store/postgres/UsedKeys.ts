import type { InputRecord } from '../records';
import { quoted } from '../rows';
import type { Taking } from '../store';
import { columnsOf } from './records';
import type { Transaction } from './Transaction';

interface Owner {
  id: string;
  taken_at: number;
}

// The first of each that was itself sent, and taken late enough.
const OWNERS = `SELECT asked.place, owner.id, owner.taken_at
  FROM unnest($1::int[], $2::text[], $3::text[], $4::float8[]) AS asked (place, gateway, key, since)
  CROSS JOIN LATERAL (SELECT id, taken_at FROM %.inputs AS inputs WHERE inputs.gateway = asked.gateway AND inputs.key = asked.key
    AND key IS NOT NULL AND duplicate_of IS NULL AND taken_at >= asked.since ORDER BY seq LIMIT 1) AS owner`;

/** Which inputs own the keys of some takings: those that were there, and those that are taken with them. */
export class UsedKeys {
  private readonly added = new Map<string, Owner[]>();

  private constructor(private readonly owners: ReadonlyMap<InputRecord, string>) {}

  static async of(tx: Transaction, takings: readonly Taking[]): Promise<UsedKeys> {
    const keyed = takings.filter(({ input }) => input.key !== undefined);
    if (keyed.length === 0) return new UsedKeys(new Map());
    const columns = columnsOf(
      keyed.map((taking, place) => ({ ...taking, place })),
      ({ place }) => place,
      ({ input }) => input.gateway,
      ({ input }) => quoted(input.key ?? ''),
      ({ usedSince }) => usedSince.key,
    );
    const rows = await tx.ask(OWNERS, ...columns);
    return new UsedKeys(
      new Map(
        rows.flatMap(({ place, id }) => {
          const input = keyed[Number(place)]?.input;
          return input ? [[input, String(id)]] : [];
        }),
      ),
    );
  }

  /** The first input with this one's key that was itself sent and was taken at `since` or later. */
  claimant(input: InputRecord, since: number): string | undefined {
    if (input.key === undefined) return undefined;
    const added = this.added.get(placeOf(input)) ?? [];
    return this.owners.get(input) ?? added.find(({ taken_at }) => taken_at >= since)?.id;
  }

  /** Notes that an input is taken now. */
  add(input: InputRecord): void {
    if (input.key === undefined) return;
    const { id, taken_at } = input;
    const place = placeOf(input);
    this.added.set(place, [...(this.added.get(place) ?? []), { id, taken_at }]);
  }
}

const placeOf = ({ gateway, key }: InputRecord): string => JSON.stringify([gateway, key]);
