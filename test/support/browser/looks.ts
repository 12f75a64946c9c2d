import type { Locator } from 'playwright-core';

/** A text that is a key of the catalogue, or has a gap nobody filled. */
export const RAW_KEY = /^(common|label|section|option|output|type|tip|unit|placeholder|status|error)\.\w|__/;

/** All texts inside an element, placeholders and tooltips too, hidden ones as well. */
export function textsIn(element: Locator): Promise<string[]> {
  return element.evaluate((form) => {
    const attributes = [...form.querySelectorAll('[placeholder], [title]')].flatMap((one) => [
      one.getAttribute('placeholder') ?? '',
      one.getAttribute('title') ?? '',
    ]);
    const own = [...form.querySelectorAll('*')].flatMap((one) => [...one.childNodes]);
    const words = own.filter((node) => node.nodeType === 3).map((node) => node.textContent ?? '');
    return [...attributes, ...words].map((text) => text.trim()).filter((text) => text !== '');
  });
}

/** What sticks out of an element at its right edge, and labels and buttons whose text is wider than they are. */
export function cutOffIn(element: Locator): Promise<string[]> {
  return element.evaluate((form) => {
    const { right } = form.getBoundingClientRect();
    const wide = [...form.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > right + 1);
    const tight = [...form.querySelectorAll('label, summary, button, .dinstar-unit')].filter(
      (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1,
    );
    return [...wide, ...tight].map((one) => one.outerHTML.slice(0, 160));
  });
}

/** How bright what lies behind an element is, from 0 (black) to 255 (white). */
export async function brightnessBehind(element: Locator): Promise<number> {
  // From the element outward.
  const colours = await element.locator('xpath=ancestor-or-self::*').evaluateAll((all) =>
    all.map((one) => {
      const { getComputedStyle } = globalThis as unknown as Styled;
      return getComputedStyle(one).backgroundColor;
    }),
  );
  for (const colour of colours.reverse()) {
    const [red = 0, green = 0, blue = 0, opaque = 1] = colour.match(/[\d.]+/g)?.map(Number) ?? [];
    if (opaque > 0) return 0.3 * red + 0.59 * green + 0.11 * blue;
  }
  return 255;
}

/** As much of the browser as is used above. */
interface Styled {
  getComputedStyle(of: unknown): { backgroundColor: string };
}
