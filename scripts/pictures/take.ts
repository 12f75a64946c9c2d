import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { darkSettings, type OpenEditor, oneOfEach, openEditor } from '../../test/support/browser';
import { type NodeRedVersion, versions } from '../../test/support/node-red';
import { root } from '../../test/support/repository';
import { demoFlow, LAST_OF_DEMO } from './demoFlow';
import { pictureDialogs, picturePalette } from './dialogs';
import { pictureFlow } from './flow';

const FOLDER = path.join(root, 'pictures');
const README = path.join(root, 'docs', 'pictures', 'overview.png');

async function main(): Promise<void> {
  if (process.argv.includes('overview')) return ofFlow(5);
  rmSync(FOLDER, { recursive: true, force: true });
  for (const version of versions) {
    await ofDialogs(version, false);
    // Node-RED 4 has no dark theme of its own.
    if (version === 5) await ofDialogs(version, true);
    await ofFlow(version);
  }
}

async function ofDialogs(version: NodeRedVersion, dark: boolean): Promise<void> {
  const settings = dark ? darkSettings(version) : {};
  await withEditor({ version, flows: oneOfEach(), settings }, async (open) => {
    const look = await open.view({ dark });
    const folder = folderFor(version, dark ? 'dark' : 'light');
    await pictureDialogs(look, folder);
    await picturePalette(look, folder);
  });
}

async function ofFlow(version: NodeRedVersion): Promise<void> {
  await withEditor({ version, flows: demoFlow() }, async (open) => {
    await open.editor.load(LAST_OF_DEMO);
    const file = path.join(folderFor(version, 'light'), 'flow.png');
    // The README shows the newest Node-RED.
    await pictureFlow(open, version === 5 ? [file, README] : [file]);
  });
}

async function withEditor(options: Parameters<typeof openEditor>[0], body: (open: OpenEditor) => Promise<void>) {
  const open = await openEditor(options);
  try {
    await body(open);
  } finally {
    await open.close();
  }
}

function folderFor(version: NodeRedVersion, theme: string): string {
  const folder = path.join(FOLDER, `node-red-${version}`, theme);
  mkdirSync(folder, { recursive: true });
  return folder;
}

main().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
