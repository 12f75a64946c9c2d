import type { Locator, Page } from 'playwright-core';
import { chooseExample } from './chooseExample';

declare const RED: { nodes: { filterNodes(filter: object): unknown[] } };

/** Somebody who has only a mouse, and a text on the clipboard: each thing done is counted. */
export class Newcomer {
  /** What was done, in words: a click, a key, a paste. */
  readonly actions: string[] = [];

  constructor(private readonly page: Page) {}

  async click(what: string, where: Locator): Promise<void> {
    this.actions.push(`click ${what}`);
    await where.click();
  }

  /** Imports an example by the main menu, and lays it down at a point of the empty flow. */
  async importExample(path: readonly string[], x: number, y: number): Promise<void> {
    await this.menu('Import');
    const dialog = this.page.locator('#red-ui-clipboard-dialog');
    await this.click('Examples', dialog.locator('.red-ui-tab').getByText('Examples', { exact: true }));
    await chooseExample(this.page, path, (label, where) => this.click(label, where));
    const before = await this.page.evaluate(() => RED.nodes.filterNodes({}).length);
    await this.click('Import', this.page.locator('#red-ui-clipboard-dialog-ok'));
    await this.page.waitForFunction((count) => RED.nodes.filterNodes({}).length > count, before);
    const chart = await this.page.locator('#red-ui-workspace-chart').boundingBox();
    await this.page.mouse.move((chart?.x ?? 0) + x, (chart?.y ?? 0) + y, { steps: 4 });
    this.actions.push('click the flow');
    await this.page.mouse.down();
    await this.page.mouse.up();
  }

  /** Opens a node's dialog and pastes a text in place of what its code editor holds. */
  async replaceText(id: string, text: string): Promise<void> {
    this.actions.push('double click the node');
    await this.page.locator(`[id="${id}"] rect.red-ui-flow-node`).first().dblclick();
    const editor = this.page.locator('.red-ui-tray .red-ui-editor-text-container');
    await this.page.locator('.red-ui-tray :focus').waitFor();
    await this.click('the text', editor.locator('.view-lines, .ace_content').first());
    this.actions.push('press Ctrl+A', 'paste');
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
    await this.click('Done', this.page.locator('#node-dialog-ok'));
    await this.page.locator('.red-ui-tray').waitFor({ state: 'detached' });
  }

  /** Opens a tab of the sidebar: Node-RED 5 has a button for each, Node-RED 4 lists those that lack the room. */
  async openSidebar(name: string): Promise<void> {
    const more = this.page.locator('.red-ui-tab-link-button-menu:visible');
    if ((await more.count()) === 0) return this.click(name, this.page.getByRole('button', { name, exact: true }));
    await this.click('the list of tabs', more);
    await this.click(name, this.entry(name));
  }

  private async menu(label: string): Promise<void> {
    await this.click('the menu', this.page.locator('#red-ui-header-button-sidemenu'));
    await this.click(label, this.entry(label));
  }

  /** An entry of the menu that is open. */
  private entry(label: string): Locator {
    return this.page.locator('.red-ui-menu-label:visible').getByText(label, { exact: true });
  }
}
