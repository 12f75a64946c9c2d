import type { StkView } from '../../../gateway-api';
import { answerFor } from './answers';
import type { Menu } from './Menu';
import { findItem } from './names';
import type { WalkStep } from './stkRequest';

/** A SIM may say "please wait" before it shows what there is to select: how long to wait for that, in ms. */
const PLEASE_WAIT_TIMEOUT_MS = 3000;

/**
 * Walks from the first screen, step by step, and resolves with the last view. A walk that can't go on goes home, so that
 * the next one finds the menu where it begins, and rejects with what stopped it.
 */
export async function walk(menu: Menu, wayBack: Menu, steps: readonly WalkStep[]): Promise<StkView> {
  const first = await menu.view();
  try {
    let view = first.input_kind === 'desktop' ? first : await menu.home();
    for (const step of steps) view = await take(menu, view, step);
    return view;
  } catch (error) {
    // What stopped it may stop that, too; it is the first that matters.
    await wayBack.home().catch(() => undefined);
    throw error;
  }
}

async function take(menu: Menu, shown: StkView, step: WalkStep): Promise<StkView> {
  const passing = shown.input_kind === 'display' ? await menu.next(shown.frame_id, PLEASE_WAIT_TIMEOUT_MS) : undefined;
  const { view, frame } = await menu.look(passing ?? shown);
  if ('item' in step) return menu.go({ item: findItem(view, step.item, step.field).item_id }, frame);
  return menu.go({ param: answerFor(view, step.input, step.field) }, frame);
}
