import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeRedVersion } from '../node-red';
import { root } from '../repository';
import { temporaryFolder } from '../temporaryFolder';

const STYLE_OF_5 = 'test/support/node-red-5/node_modules/@node-red/editor-client/public/red/style.min.css';

/**
 * What Node-RED's settings need to be dark. Node-RED 5 needs nothing: each browser chooses (`view`). Node-RED 4 has no
 * dark theme, only a place for somebody's own style sheet: here it gets the colours of Node-RED 5.
 */
export function darkSettings(version: NodeRedVersion): object {
  if (version === 5) return {};
  const colours = readFileSync(path.join(root, STYLE_OF_5), 'utf8').match(/html\.nr-theme-dark\{([^}]*)\}/)?.[1];
  if (colours === undefined) throw new Error('Node-RED 5 has no html.nr-theme-dark any more');
  const css = path.join(temporaryFolder('dark'), 'dark.css');
  writeFileSync(css, `html:root, html:root body { ${colours} }\n`);
  return { editorTheme: { tours: false, projects: { enabled: false }, page: { css } } };
}
