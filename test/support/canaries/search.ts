import { createHash } from 'node:crypto';
import { inspect } from 'node:util';

/** A secret, and the ways in which text can hold it. */
export interface Canary {
  name: string;
  value: string;
  /** User and realm that it logs in with by Digest: their hash is as good as the password. */
  login?: { username: string; realms: readonly string[] };
}

/** Every way in which a text may hold `canary`: plain, base64 at any place, URL-encoded, JSON-escaped, hex, Digest's hash. */
export function writtenAs({ value, login }: Canary): Map<string, string> {
  const bytes = Buffer.from(value);
  const hashes = (login?.realms ?? []).map((realm): [string, string] => [
    `md5 of the login at ${realm}`,
    createHash('md5').update(`${login?.username}:${realm}:${value}`).digest('hex'),
  ]);
  return new Map([
    ['plain', value],
    ...[0, 1, 2].map((shift): [string, string] => [`base64, shifted by ${shift}`, base64At(bytes, shift)]),
    ['URL-encoded', encodeURIComponent(value)],
    ['JSON', JSON.stringify(value).slice(1, -1)],
    ['JavaScript', inspect(value).slice(1, -1)],
    ['JavaScript in JSON', JSON.stringify(inspect(value).slice(1, -1)).slice(1, -1)],
    ['JSON in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['hex', bytes.toString('hex')],
    ...hashes,
  ]);
}

/** What stands in base64 for these bytes wherever they begin `shift` bytes after a whole group: without what neighbours change. */
function base64At(bytes: Buffer, shift: number): string {
  const end = (shift + bytes.length) % 3;
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString('base64')
    .replaceAll('=', '');
  return text.slice(shift === 0 ? 0 : shift + 1, end === 0 ? undefined : -1);
}

/** A secret that was seen: where, how it is written, and what stands around it. */
export type Leak = `${string}: ${string} (${string}) in …${string}…`;

/** All places of `seen` (text by where it is from) that hold one of the canaries. */
export function leaksIn(seen: Readonly<Record<string, string>>, canaries: readonly Canary[]): Leak[] {
  return Object.entries(seen).flatMap(([where, text]) => {
    // Hex and the hash may be written either way.
    const lower = text.toLowerCase();
    return canaries.flatMap((canary) =>
      [...writtenAs(canary)].flatMap(([how, written]): Leak[] => {
        const isHex = how === 'hex' || how.startsWith('md5');
        const at = (isHex ? lower : text).indexOf(written);
        if (at < 0) return [];
        const around = text.slice(Math.max(0, at - 150), at + written.length + 60);
        return [`${where}: ${canary.name} (${how}) in …${around}…`];
      }),
    );
  });
}

/** The Digest responses of `sent`, Authorization headers, that `seen` holds anywhere. */
export function proofsIn(seen: Readonly<Record<string, string>>, sent: readonly string[]): string[] {
  const proofs = sent.flatMap((header) => /response="(\w+)"/.exec(header)?.[1] ?? []);
  return Object.entries(seen).flatMap(([where, text]) => {
    const lower = text.toLowerCase();
    return proofs.filter((proof) => lower.includes(proof)).map((proof) => `${where}: ${proof}`);
  });
}
