import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type NodeRedOptions, type RunningNodeRed, startNodeRed } from '../node-red';
import { Canvas } from './Canvas';
import { launchChromium } from './chromium';
import { EditorPage } from './EditorPage';

/** How a person has set the editor. */
export interface View {
  /** One of Node-RED's language folders. */
  language?: string;
  /** Node-RED 5 alone has a dark theme of its own. */
  dark?: boolean;
}

/** A Node-RED with a browser on its editor. */
export interface OpenEditor {
  nodeRed: RunningNodeRed;
  page: Page;
  editor: EditorPage;
  canvas: Canvas;
  /** Another browser window on the same Node-RED, set otherwise. */
  view(view: View): Promise<Omit<OpenEditor, 'close' | 'view'>>;
  close(): Promise<void>;
}

const WINDOW: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, locale: 'en-US' };

/** Starts a Node-RED with the built clone in it, and a browser that has nothing loaded yet. */
export async function openEditor(options: Omit<NodeRedOptions, 'install'>): Promise<OpenEditor> {
  const browser = await launchChromium();
  const nodeRed = await startNodeRed({ ...options, install: 'link' }).catch(async (error: Error) => {
    await browser.close();
    throw error;
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await nodeRed.stop();
  };
  return { ...(await look(browser, nodeRed, {})), view: (view) => look(browser, nodeRed, view), close };
}

async function look(
  browser: Browser,
  nodeRed: RunningNodeRed,
  view: View,
): Promise<Omit<OpenEditor, 'close' | 'view'>> {
  const context = await browser.newContext(WINDOW);
  // What the editor's own settings dialog keeps in the browser.
  await context.addInitScript(
    ([language, theme]) => {
      const storage = (globalThis as unknown as { localStorage: { setItem(key: string, value: string): void } })
        .localStorage;
      storage.setItem('editor-language', language as string);
      storage.setItem('view-dark-theme', theme as string);
    },
    [view.language ?? 'en-US', view.dark ? 'dark' : 'light'],
  );
  const page = await context.newPage();
  return { nodeRed, page, editor: new EditorPage(page, nodeRed.url), canvas: new Canvas(page) };
}
