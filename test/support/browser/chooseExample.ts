import type { Locator, Page } from 'playwright-core';
import { until } from '../until';

declare const $: (selector: string) => { length: number };

/**
 * Chooses an example in the import dialog, folder by folder. Nothing says that a folder is about to slide: a click may meet what
 * lay there before, and the one that chooses the file is done again until the dialog can import it.
 * @param click how the first click of each is done
 */
export async function chooseExample(
  page: Page,
  path: readonly string[],
  click: (label: string, where: Locator) => Promise<void>,
): Promise<void> {
  const labels = page.locator('#red-ui-clipboard-dialog .red-ui-treeList-label');
  const item = (label: string): Locator => labels.getByText(label, { exact: true });
  for (const label of path) {
    await click(label, item(label));
    // A folder slides open, and what is under the mouse moves away.
    await page.waitForFunction(() => $('#red-ui-clipboard-dialog :animated').length === 0);
  }
  const ok = page.locator('#red-ui-clipboard-dialog-ok');
  const file = item(path.at(-1) ?? '');
  await until(async () => (await ok.isEnabled()) || file.click({ timeout: 5000 }).then(() => false));
}
