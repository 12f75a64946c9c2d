import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

/** The part of the editor's `RED` and of axe that is asked. */
interface EditorWindow {
  RED?: { nodes?: { node?(id: string): { valid?: boolean } | null }; sidebar: { show(id: string): void } };
  axe: { run(selector: string): Promise<{ violations: Violation[] }> };
}

interface Violation {
  id: string;
  impact: string;
  nodes: { html: string; failureSummary: string }[];
}

declare const window: EditorWindow;
declare const document: { documentElement: { classList: { toggle(name: string, on: boolean): void } } };

/** The sidebar "GSM gateways" in a browser, as a person uses it. */
export class SidebarPage {
  /** What the browser's console complained about, and errors that nobody caught. */
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    private readonly url: string,
  ) {
    page.setDefaultTimeout(60_000);
    page.on('pageerror', (error) => this.complaints.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) {
        this.complaints.push(`${message.text()} ${message.location().url}`);
      }
    });
  }

  /** Loads the editor, waits for the flow that holds `node`, and opens the sidebar. */
  async open(node: string): Promise<void> {
    await this.page.goto(this.url);
    await this.page.waitForFunction((id) => window.RED?.nodes?.node?.(id)?.valid !== undefined, node);
    await this.page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden' });
    await this.showTab('dinstar-gateways');
  }

  async showTab(id: string): Promise<void> {
    await this.page.evaluate((tab) => window.RED?.sidebar.show(tab), id);
  }

  /** Node-RED 5's own dark theme. */
  async darken(isDark: boolean): Promise<void> {
    await this.page.evaluate((on) => document.documentElement.classList.toggle('nr-theme-dark', on), isDark);
  }

  /** The card of a gateway by its name. */
  card(name: string): Locator {
    return this.page.locator('.dinstar-card').filter({ has: this.page.getByRole('heading', { name, exact: true }) });
  }

  port(gateway: string, port: number): Locator {
    return this.card(gateway).getByRole('button', { name: new RegExp(`^Port ${port}:`) });
  }

  /** What axe finds serious or critical on the sidebar, one line a finding. */
  async flaws(): Promise<string[]> {
    await this.page.addScriptTag({ content: readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8') });
    const violations = await this.page.evaluate(async () => (await window.axe.run('.dinstar-sidebar')).violations);
    return violations
      .filter(({ impact }) => ['serious', 'critical'].includes(impact))
      .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
  }

  /** What sticks out of the sidebar at its right edge. */
  cutOff(): Promise<string[]> {
    return this.page.locator('.dinstar-sidebar').evaluate((sidebar) => {
      const { right } = sidebar.getBoundingClientRect();
      const wide = [...sidebar.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > right + 1);
      return wide.map((one) => one.outerHTML.slice(0, 120));
    });
  }
}
