import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { OpenEditor } from '../../test/support/browser';

declare const RED: { sidebar: { show(id: string): void; containsTab(id: string): boolean } };

const SIDEBAR = 'dinstar-gateways';
/** In which the demo's SMS has gone out and its status has come. */
const SETTLE_MS = 12_000;

/** A picture of the loaded flow at work, with the sidebar of the gateways open where the package has one. */
export async function pictureFlow({ page }: OpenEditor, files: string[]): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 810 });
  await page.evaluate((id) => {
    if (RED.sidebar.containsTab(id)) RED.sidebar.show(id);
  }, SIDEBAR);
  await page.waitForTimeout(SETTLE_MS);
  for (const file of files) {
    mkdirSync(path.dirname(file), { recursive: true });
    await page.screenshot({ path: file });
  }
}
