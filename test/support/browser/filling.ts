import type { Page } from 'playwright-core';

/** What the fields of an open dialog hold, by their properties; a checkbox `true` or `false`. */
export type Held = Record<string, string | boolean>;

/** What came of filling a dialog. */
export interface Filled {
  changed: string[];
  /** Visible fields for which nothing valid but what they held was found. */
  left: string[];
}

/** As much of the browser as the functions that run in it use. */
interface Widget {
  typedInput(method: 'type' | 'value', value: string): Widget;
}
interface Validated {
  _def: Record<'defaults' | 'credentials', Record<string, { validate?: (value: unknown, options: object) => unknown }>>;
}
declare const $: (selector: string) => Widget;
declare const RED: { nodes: { node(id: string): Validated } };

/** Something valid for any field: the first of them that its validator lets pass and that isn't there already. */
const TEXTS = [
  'filled',
  '7',
  'https://127.0.0.1:9',
  '/filled',
  '10.1.2.0/24',
  'Europe/Vienna',
  '0,2',
  '+43664123456',
  'AT',
];

/** The same for a typed input that takes nothing from a message: type and value. */
const TYPED = [
  ['str', '0,2'],
  ['num', '7'],
] as const;

/**
 * Fills every field that is to be seen in the open dialog of node `id` with something else than it holds, as long as its
 * own validator takes it. Fields that only come to be seen by a choice are filled, too; folded ones aren't seen.
 */
export async function fill(page: Page, prefix: string, id: string): Promise<Filled> {
  const done = new Map<string, boolean>();
  for (;;) {
    const next = (await visible(page, prefix)).find((property) => !done.has(property));
    if (next === undefined) break;
    done.set(next, await change(page, prefix, id, next));
  }
  // What one field may be can depend on one that came later.
  for (const property of done.keys()) {
    const selector = `[id="${prefix}-${property}"]`;
    const now = String((await held(page, prefix))[property]);
    if (!(await takes(page, selector, id, property, now))) done.set(property, await change(page, prefix, id, property));
  }
  const pick = (wanted: boolean): string[] => [...done].filter(([, one]) => one === wanted).map(([name]) => name);
  return { changed: pick(true), left: pick(false) };
}

/** What an open dialog's fields hold, those that aren't to be seen as well. */
export function held(page: Page, prefix: string): Promise<Held> {
  return page.locator(`.dinstar-form [id^="${prefix}-"]:is(input, select, textarea)`).evaluateAll((fields, start) => {
    const entries = (fields as unknown as HTMLField[]).map((field) => [
      field.id.slice(start.length + 1),
      field.type === 'checkbox' ? field.checked : field.value,
    ]);
    return Object.fromEntries(entries) as Held;
  }, prefix);
}

interface HTMLField {
  id: string;
  type: string;
  checked: boolean;
  value: string;
}

/** The properties whose fields are to be seen, from top to bottom; a typed input stands for the field it hides. */
async function visible(page: Page, prefix: string): Promise<string[]> {
  const field = `.dinstar-form [id^="${prefix}-"]:is(input, select, textarea)`;
  const plain = page.locator(`${field}:visible, ${field}:has(+ .red-ui-typedInput-container:visible)`);
  const ids = await plain.evaluateAll((all) => all.map((one) => one.id));
  return ids.map((one) => one.slice(prefix.length + 1));
}

async function change(page: Page, prefix: string, id: string, property: string): Promise<boolean> {
  const selector = `[id="${prefix}-${property}"]`;
  const field = page.locator(selector);
  const before = (await held(page, prefix))[property];
  if ((await page.locator(`${selector} + .red-ui-typedInput-container`).count()) > 0) {
    for (const [type, value] of [['msg', `filled.${property}`], ...TYPED] as const) {
      if (value === before) continue;
      await page.evaluate(
        ([at, as, to]) =>
          $(at as string)
            .typedInput('type', as as string)
            .typedInput('value', to as string),
        [selector, type, value],
      );
      if (await takes(page, selector, id, property, value)) return true;
    }
    return false;
  }
  if (before === true || before === false) {
    await field.setChecked(!before);
    return true;
  }
  const isSelect = await field.evaluate((one) => one.tagName === 'SELECT');
  const set = async (value: string): Promise<void> => {
    if (isSelect) await field.selectOption(value);
    else await field.fill(value);
    await field.dispatchEvent('change');
  };
  for (const value of isSelect ? await choices(page, selector) : textsFor(String(before))) {
    if (value === before) continue;
    await set(value);
    if (await takes(page, selector, id, property, value)) return true;
  }
  await set(String(before));
  return false;
}

/** A number is filled with one near it: who counts seconds or bytes has bounds. */
const textsFor = (before: string): string[] => (/^\d+$/.test(before) ? [String(Number(before) + 1), ...TEXTS] : TEXTS);

/** What can be chosen, without "add new …" and "none". */
const choices = (page: Page, selector: string): Promise<string[]> =>
  page
    .locator(`${selector} option:enabled`)
    .evaluateAll((options) =>
      options.map((option) => (option as unknown as HTMLField).value).filter((value) => !/^(_.*_)?$/.test(value)),
    );

/** Whether the property's validator takes the value, and the dialog doesn't mark the field. */
async function takes(page: Page, selector: string, id: string, property: string, value: string): Promise<boolean> {
  const passes = await page.evaluate(
    ([node, name, text]) => {
      const edited = RED.nodes.node(node as string);
      const { defaults, credentials } = edited._def;
      const validate = (defaults[name as string] ?? credentials?.[name as string])?.validate;
      return validate === undefined || validate.call(edited, text, {}) === true;
    },
    [id, property, value],
  );
  return passes && !(await page.locator(selector).evaluate((field) => field.classList.contains('input-error')));
}
