import type { Locator, Page } from 'playwright-core';
import { chooseExample } from './chooseExample';

/** The part of the editor's `RED` that the canvas is asked through. */
interface CanvasRed {
  nodes: {
    eachNode(each: (node: Drawn) => void): void;
    filterNodes(filter: { type?: string; z?: string }): (Drawn & Box)[];
  };
  workspaces: { active(): string };
  actions: { invoke(action: string): void };
}

declare const RED: CanvasRed;

/** A node on the canvas. */
export interface Drawn {
  id: string;
  type: string;
}

/** How long the palette may take to look, in ms. */
const SEARCH_MS = 1000;

/** Pixels from one node to the next in which a wire is still seen as one. */
const LEAST_GAP = 10;

interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The editor's palette and workspace, by mouse. */
export class Canvas {
  constructor(private readonly page: Page) {}

  /** The palette's entry of a node type. */
  entry(type: string): Locator {
    return this.page.locator(`#red-ui-palette-container .red-ui-palette-node[data-palette-type="${type}"]`);
  }

  /** The palette's group that a node type is in. */
  groupOf(type: string): Locator {
    return this.entry(type).locator('xpath=ancestor::*[contains(@class, "red-ui-palette-category")]');
  }

  /** The heading of that group. */
  async categoryOf(type: string): Promise<string> {
    return (await this.groupOf(type).locator('.red-ui-palette-header').innerText()).trim();
  }

  /** The icon of a palette entry: where it comes from, and the file there. */
  async iconOf(type: string): Promise<{ url: string; file: string }> {
    const url = (await this.entry(type).locator('[data-palette-icon]').getAttribute('data-palette-icon')) ?? '';
    const answer = await this.page.request.get(new URL(url, this.page.url()).href);
    return { url, file: answer.ok() ? await answer.text() : `answered ${answer.status()}` };
  }

  /** Drags a node type from the palette to a point of the canvas, and answers with the id of the new node. */
  async drag(type: string, x: number, y: number): Promise<string> {
    const before = new Set((await this.nodes()).map(({ id }) => id));
    await this.entry(type).scrollIntoViewIfNeeded();
    const from = await boxOf(this.entry(type));
    const to = await boxOf(this.page.locator('#red-ui-workspace-chart'));
    const { mouse } = this.page;
    await mouse.move(from.x + from.width / 2, from.y + from.height / 2);
    await mouse.down();
    await mouse.move(to.x + x / 2, to.y + y / 2, { steps: 4 });
    await mouse.move(to.x + x, to.y + y, { steps: 4 });
    await mouse.up();
    const added = (await this.nodes()).filter(({ id }) => !before.has(id));
    if (added.length !== 1 || added[0]?.type !== type)
      throw new Error(`dragging ${type} brought ${JSON.stringify(added)}`);
    return added[0].id;
  }

  /** Opens a node's dialog as a person does: with a double click on the node. */
  async doubleClick(id: string): Promise<void> {
    const box = await boxOf(this.page.locator(`[id="${id}"] .red-ui-flow-node`).first());
    await this.page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  }

  /** The node types that the palette shows for a word that is looked for. */
  async found(word: string): Promise<string[]> {
    const search = this.page.locator('#red-ui-palette-search input');
    await search.fill(word);
    // The palette looks a little after the last key.
    await this.page.waitForTimeout(SEARCH_MS);
    const types = await this.page
      .locator('#red-ui-palette-container .red-ui-palette-node:visible')
      .evaluateAll((entries) => entries.map((entry) => entry.getAttribute('data-palette-type') ?? ''));
    await search.fill('');
    await this.page.waitForTimeout(SEARCH_MS);
    return types;
  }

  /** Whether the quick-add, which a click on the flow with Ctrl held opens, lists a node type for each of some words. */
  async quickAddFinds(type: string, words: readonly string[]): Promise<boolean[]> {
    const chart = await boxOf(this.page.locator('#red-ui-workspace-chart'));
    await this.page.keyboard.down('Control');
    await this.page.mouse.click(chart.x + 600, chart.y + 330);
    await this.page.keyboard.up('Control');
    const dialog = this.page.locator('#red-ui-type-search');
    // It takes what is typed a moment after it is to be seen.
    await dialog.locator('input:focus').waitFor();
    const listed = dialog.locator('.red-ui-search-result-node-label:visible');
    // It may be listed twice: among what was used last, and in its category.
    const inject = listed.getByText(/^inject/).first();
    const found: boolean[] = [];
    for (const word of words) {
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.type(word, { delay: 20 });
      // What was typed counts when what no such word is in has gone.
      await inject.waitFor({ state: 'hidden' });
      found.push((await listed.getByText(`(${type})`).count()) > 0);
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.press('Backspace');
      await inject.waitFor();
    }
    await this.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    return found;
  }

  /** What is written on a node. */
  async labelOf(id: string): Promise<string> {
    return (await this.page.locator(`[id="${id}"] .red-ui-flow-node-label`).first().textContent()) ?? '';
  }

  /** What is drawn, in all flows. */
  nodes(): Promise<Drawn[]> {
    return this.page.evaluate(() => {
      const all: Drawn[] = [];
      RED.nodes.eachNode(({ id, type }) => all.push({ id, type }));
      return all;
    });
  }

  /** Nodes of the shown flow that lie so close that no wire is seen between them, in pairs. */
  async overlaps(): Promise<string[]> {
    const all = await this.page.evaluate(() =>
      RED.nodes
        .filterNodes({ z: RED.workspaces.active() })
        .map(({ id, type, x, y, w, h }) => ({ id, type, x, y, w, h })),
    );
    return all.flatMap((one, place) =>
      all
        .slice(place + 1)
        .filter((other) => areClose(one, other))
        .map((other) => `${one.type} ${one.id} / ${other.type} ${other.id}`),
    );
  }

  /** The node types that the editor has no definition of. */
  unknown(): Promise<number> {
    return this.page.evaluate(() => RED.nodes.filterNodes({ type: 'unknown' }).length);
  }

  /** What the editor is telling the person just now. */
  notifications(): Promise<string[]> {
    return this.page.locator('.red-ui-notification:visible').allInnerTexts();
  }

  /** Imports an example of a module, named by its path, into a new flow: by the menu's import dialog. */
  async importExample(module: string, example: string): Promise<void> {
    const before = (await this.nodes()).length;
    await this.page.evaluate(() => RED.actions.invoke('core:show-examples-import-dialog'));
    const dialog = this.page.locator('#red-ui-clipboard-dialog');
    await chooseExample(this.page, [module, ...example.split('/')], (_label, where) => where.click());
    await this.page.locator('#red-ui-clipboard-dialog-import-opt-new').click();
    await this.page.locator('#red-ui-clipboard-dialog-ok').click();
    await dialog.waitFor({ state: 'hidden' });
    // The file is only asked for now.
    await this.page.waitForFunction((count) => RED.nodes.filterNodes({}).length > count, before);
    // Now the nodes hang at the mouse, until a click lays them down.
    const chart = await boxOf(this.page.locator('#red-ui-workspace-chart'));
    await this.page.mouse.move(chart.x + 480, chart.y + 360, { steps: 4 });
    await this.page.mouse.down();
    await this.page.mouse.up();
  }
}

// The x and y of a node are those of its centre.
const areClose = (a: Box, b: Box): boolean =>
  Math.abs(a.x - b.x) < (a.w + b.w) / 2 + LEAST_GAP && Math.abs(a.y - b.y) < (a.h + b.h) / 2;

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not to be seen`);
  return box;
}
