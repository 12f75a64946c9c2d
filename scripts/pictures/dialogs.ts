import path from 'node:path';
import { LAST, nodeTypes, type OpenEditor } from '../../test/support/browser';

type Look = Pick<OpenEditor, 'page' | 'editor' | 'canvas'>;

/** A picture of each dialog with all of its sections unfolded: `<node>.png`. */
export async function pictureDialogs({ page, editor }: Look, folder: string): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1400 });
  await editor.load(LAST);
  for (const { name } of nodeTypes) {
    await editor.edit(name);
    await editor.unfold();
    await page
      .locator('.red-ui-tray')
      .last()
      .screenshot({ path: path.join(folder, `${name}.png`) });
    await editor.cancel();
  }
}

/** A picture of the palette's group: `palette.png`. */
export async function picturePalette({ page, canvas }: Look, folder: string): Promise<void> {
  const drawn = nodeTypes.find(({ isConfig }) => !isConfig);
  const group = canvas.groupOf(drawn?.type as string);
  await group.scrollIntoViewIfNeeded();
  await group.screenshot({ path: path.join(folder, 'palette.png') });
  await page.context().close();
}
