import { GatewayError, invalidInput, type StkItem, type StkView } from '../../../gateway-api';

/** An item of a SIM menu as a flow names it: its `item_id`, or its text. */
export type ItemName = number | string;

/** Reads an item's name or id. Throws `INVALID_INPUT` that names `field`. */
export function readItemName(given: unknown, field: string): ItemName {
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= 0) return given;
  if (typeof given === 'string' && folded(given) !== '') return given;
  const nothing = given === undefined || given === null || given === '' || typeof given === 'string';
  throw invalidInput(field, nothing ? 'is missing: name an item of the menu, or its item_id' : NEITHER);
}

const NEITHER = 'must be the name of an item of the menu, or its item_id';

/**
 * The item that is meant: by its name, whatever its script, spaces around it and case; else, for a number in digits, by
 * its `item_id`. Throws `NOT_FOUND` with the names that are there, `INVALID_INPUT` when several have that name.
 */
export function findItem(view: StkView, wanted: ItemName, field: string): StkItem {
  const found =
    typeof wanted === 'number' ? byId(view, wanted) : (byName(view, wanted, field) ?? byDigits(view, wanted));
  if (found) return found;
  throw new GatewayError('NOT_FOUND', `${field}: ${whatIsThere(view, wanted)}`, 'no', { field });
}

const byId = ({ item }: StkView, id: number): StkItem | undefined => item.find(({ item_id }) => item_id === id);

function byName({ item }: StkView, name: string, field: string): StkItem | undefined {
  const alike = item.filter(({ item_string }) => folded(item_string) === folded(name));
  const exact = alike.filter(({ item_string }) => item_string.trim() === name.trim());
  const [only, ...others] = exact.length === 1 ? exact : alike;
  if (others.length === 0) return only;
  const ids = alike.map(({ item_id }) => item_id).join(', ');
  throw invalidInput(field, `several items of the menu have that name, with the item_id ${ids}: use one of those`);
}

function byDigits(view: StkView, name: string): StkItem | undefined {
  const digits = folded(name);
  return /^\d{1,9}$/.test(digits) ? byId(view, Number(digits)) : undefined;
}

/**
 * By way of upper case, which also makes ß and ss, and both forms of the Greek s, the same. Not by this machine's language:
 * on a Turkish one INFO wouldn't be info.
 */
const folded = (text: string): string =>
  text.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC').trim();

// Where the menu asks for words, what was meant as an item may be a secret for it.
function whatIsThere({ item, input_kind, title }: StkView, wanted: ItemName): string {
  if (item.length === 0) return `the menu has nothing to select now: it shows ${input_kind} "${title.trim()}"`;
  const names = item.map(({ item_id, item_string }) => `"${item_string.trim()}" (${item_id})`).join(', ');
  return `the menu has no ${typeof wanted === 'number' ? wanted : `"${wanted.trim()}"`}; it has ${names}`;
}
