import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** As much of an answer of axe as is asserted on. */
interface Finding {
  id: string;
  impact: string | null;
  nodes: { target: string[]; failureSummary: string }[];
}

/** Node-RED builds these itself, the same in every node's dialog: what is wrong with them can only be mended there. */
const OF_NODE_RED = [
  '.red-ui-typedInput-container',
  '.red-ui-editor-node-config-edit',
  '.red-ui-editableList-container',
];

/**
 * What axe-core finds serious or critical in a part of the page (a CSS selector), a line each: the rule, the element,
 * and how to mend it. Elements that Node-RED's own widgets build don't count.
 */
export async function seriousFindings(page: Page, selector: string): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate(
    `axe.run({ include: [${JSON.stringify(selector)}], exclude: ${JSON.stringify(OF_NODE_RED)} }, { resultTypes: ['violations'] })`,
  )) as { violations: Finding[] };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}
