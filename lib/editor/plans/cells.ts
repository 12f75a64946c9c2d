import type { EditorNode } from '../red';
import { suggestTimezones } from '../timezones';

/** One field of a plan or of a limit in the dialog. */
export interface CellDefinition {
  /** Where it stands in the row, such as `match.ports`, as the checks of `lib/plans` name it. */
  path: string;
  /** Key of its label. */
  label: string;
  /** Keys of the texts of a choice, by its words; the first is the default. */
  words?: Readonly<Record<string, string>>;
  /** Key of what an empty field means, or that itself where it needs no translation. */
  placeholder?: string;
  example?: string;
  /** A figure: what can be read as one is saved as a number. */
  isNumber?: boolean;
  isZone?: boolean;
  /** Several texts, with commas or blanks between them; saved as a list. */
  isList?: boolean;
}

/** A label with its field, in a row of a grid. */
export function cell(node: EditorNode, definition: CellDefinition, saved: unknown): JQuery {
  const { path, label, words, placeholder, example, isZone } = definition;
  const name = node._(label);
  const box = $('<label class="dinstar-cell">').append($('<span>').text(name));
  const field = words ? $('<select>') : $('<input type="text">');
  for (const [word, key] of Object.entries(words ?? {})) $('<option>').val(word).text(node._(key)).appendTo(field);
  const text = Array.isArray(saved) ? saved.join(', ') : String(saved ?? '');
  // A word that nobody knows stays to be seen, for the check to name it.
  if (words && text !== '' && !(text in words)) $('<option>').val(text).text(text).appendTo(field);
  field
    .attr({ 'data-path': path, 'aria-label': name })
    .val(words && text === '' ? (Object.keys(words)[0] ?? '') : text);
  field.attr('placeholder', placeholder === undefined ? (example ?? '') : node._(placeholder));
  field.appendTo(box);
  if (isZone) suggestTimezones(field);
  return box;
}

/** What a field says: undefined where it is empty or at its default. */
export function savedOf(field: JQuery, { words, isNumber, isList }: CellDefinition): unknown {
  const text = String(field.val() ?? '').trim();
  if (text === '' || (words && text === Object.keys(words)[0])) return undefined;
  if (isList) return text.split(/[,;\s]+/).filter((part) => part !== '');
  return isNumber && !Number.isNaN(Number(text)) ? Number(text) : text;
}
