import type { Locator, Page } from 'playwright-core';
import { type Filled, fill, type Held, held } from './filling';
import { cutOffIn, textsIn } from './looks';

/** The part of the editor's `RED` that the tests ask. */
interface EditorRed {
  nodes: { node(id: string): EditedNode | null };
  utils: { getNodeLabel(node: EditedNode | null, otherwise: string): string };
  actions: { invoke(action: string, state: boolean): void };
  editor: { edit(node: unknown): void; editConfig(name: string, type: string, id: string): void };
}

interface EditedNode {
  type: string;
  outputs?: number;
  valid?: boolean;
  validationErrors?: string[];
  _def: { category: string };
}

declare const RED: EditorRed;
declare const $: (selector: string) => { typedInput(...words: string[]): { typedInput(...words: string[]): string } };

const PATIENCE_MS = 60_000;
/** Node-RED 5's own tips (infotips) are shown before their place is there, when the machine is slow. */
const TIPS_TOO_EARLY = /Cannot read properties of undefined \(reading 'html'\)\s+at \w+ \(\S*\/red\/red\.min\.js/;

/** Node-RED's editor in a browser, as a person uses it. */
export class EditorPage {
  /** What the browser's console complained about, and errors that nobody caught. */
  readonly complaints: string[] = [];
  private prefix = 'node-input';

  constructor(
    private readonly page: Page,
    private readonly url: string,
  ) {
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', ({ stack, message }) => {
      if (!TIPS_TOO_EARLY.test(stack ?? '')) this.complaints.push(stack ?? message);
    });
    page.on('console', (message) => {
      const isComplaint = ['warning', 'error'].includes(message.type()) || /error/i.test(message.text());
      if (isComplaint) this.complaints.push(`${message.text()} ${message.location().url}`);
    });
  }

  /** Loads the editor anew and waits for the flow that holds `node`: what it then shows comes from Node-RED. */
  async load(node: string): Promise<void> {
    await this.page.goto(this.url);
    await this.page.waitForFunction(
      (id) => typeof RED !== 'undefined' && RED.nodes?.node?.(id)?.valid !== undefined,
      node,
    );
    // Node-RED's tips come by a timer, and with version 5 at times before there is a place for them.
    await this.page.evaluate(() => RED.actions.invoke('core:toggle-show-tips', false));
    // The loader lies over the page and takes the clicks.
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
  }

  /** Opens the dialog of a node. */
  async edit(id: string): Promise<void> {
    const isConfig = await this.page.evaluate((node) => {
      const found = RED.nodes.node(node);
      const config = found?._def.category === 'config';
      if (config) RED.editor.editConfig('', found.type, node);
      else RED.editor.edit(found);
      return config;
    }, id);
    await this.opened(isConfig);
  }

  /** Resolves when the dialog of a node that somebody has opened can be worked with. */
  async opened(isConfig = false): Promise<void> {
    this.prefix = isConfig ? 'node-config-input' : 'node-input';
    await this.form.waitFor();
    // While it slides in, Node-RED moves the focus into it: typing before that would be cut in two.
    await this.page.locator('.red-ui-tray :focus').waitFor();
  }

  get form(): Locator {
    return this.page.locator('.dinstar-form');
  }

  field(property: string): Locator {
    return this.page.locator(`#${this.prefix}-${property}`);
  }

  /** The visible part of a typed input. */
  typed(property: string): Locator {
    return this.page.locator(`#${this.prefix}-${property} + .red-ui-typedInput-container`);
  }

  /** Types into a plain field. */
  async fill(property: string, value: string): Promise<void> {
    await this.field(property).fill(value);
    await this.field(property).dispatchEvent('change');
  }

  /** Chooses the type of a typed input and gives it a value. */
  async setTyped(property: string, type: string, value: string): Promise<void> {
    await this.page.evaluate(
      ([field, chosen, text]) =>
        $(field as string)
          .typedInput('type', chosen as string)
          .typedInput('value', text as string),
      [`#${this.prefix}-${property}`, type, value],
    );
  }

  /** Types a fixed text into a typed input, key by key. */
  async typeText(property: string, text: string): Promise<void> {
    await this.setTyped(property, 'str', '');
    await this.typed(property).locator('.red-ui-typedInput-input').pressSequentially(text);
  }

  /** Opens the panel of `ports`, and the section that it may be folded in. */
  async openPorts(): Promise<void> {
    await this.unfold();
    await this.typed('ports').locator('.red-ui-typedInput-option-expand').click();
  }

  /** Presses a port's button in the panel of `ports`. */
  async pickPort(port: number): Promise<void> {
    await this.openPorts();
    await this.page.locator('.dinstar-ports button').nth(port).click();
    await this.page.keyboard.press('Escape');
  }

  /** Whether a field is shown as wrong. */
  isMarked(property: string): Promise<boolean> {
    return this.field(property).evaluate((field) => field.classList.contains('input-error'));
  }

  /** The type and the value of a typed input. */
  async typedValue(property: string): Promise<[type: string, value: string]> {
    return [await this.field(`${property}Type`).inputValue(), await this.field(property).inputValue()];
  }

  async done(): Promise<void> {
    await this.close('ok');
  }

  async cancel(): Promise<void> {
    await this.close('cancel');
  }

  /** Deploys, and resolves when Node-RED has answered. */
  async deploy(): Promise<void> {
    const answer = this.page.waitForResponse(
      (response) => response.url().endsWith('/flows') && response.request().method() === 'POST',
    );
    await this.page.locator('#red-ui-header-button-deploy').click();
    const response = await answer;
    if (!response.ok()) throw new Error(`the deploy was answered ${response.status()}`);
  }

  /** Waits until an element of the dialog, by its class, has this text. */
  async shows(selector: string, text: string | RegExp): Promise<void> {
    const pattern = typeof text === 'string' ? new RegExp(`^${text.replace(/\W/g, '\\$&')}$`) : text;
    await this.form.locator(selector).filter({ hasText: pattern }).waitFor();
  }

  /** Unfolds all sections of the dialog. */
  async unfold(): Promise<void> {
    await this.form.locator('details:not([open]) > summary').evaluateAll((all) => {
      for (const summary of all) (summary as unknown as { click(): void }).click();
    });
  }

  /** Fills every field of the open dialog of node `id` with something else that is valid. */
  fillAll(id: string): Promise<Filled> {
    return fill(this.page, this.prefix, id);
  }

  /** What the open dialog's fields hold, hidden ones too. */
  held(): Promise<Held> {
    return held(this.page, this.prefix);
  }

  /** All texts of the dialog, placeholders and tooltips too, hidden ones as well. */
  texts(): Promise<string[]> {
    return textsIn(this.form);
  }

  /** What of the dialog isn't wholly to be seen: what sticks out at its right edge, and labels wider than their place. */
  cutOff(): Promise<string[]> {
    return cutOffIn(this.form);
  }

  /** From now on gathers what the browser is told; the function it returns gives the texts. */
  answers(): () => Promise<string[]> {
    const bodies: Promise<string>[] = [];
    this.page.on('response', (response) => {
      if (/credentials|flows/.test(response.url())) bodies.push(response.text().catch(() => ''));
    });
    return () => Promise.all(bodies);
  }

  /** What the editor thinks of a node: the problems it lists on it. */
  problems(id: string): Promise<string[]> {
    return this.page.evaluate((node) => RED.nodes.node(node)?.validationErrors ?? [], id);
  }

  /** What a node is called on the canvas. */
  label(id: string): Promise<string> {
    return this.page.evaluate((node) => RED.utils.getNodeLabel(RED.nodes.node(node), ''), id);
  }

  private async close(button: 'ok' | 'cancel'): Promise<void> {
    const dialog = this.prefix === 'node-input' ? 'node-dialog' : 'node-config-dialog';
    await this.page.locator(`#${dialog}-${button}`).click();
    await this.form.waitFor({ state: 'detached' });
  }
}
