// One HTML file per node: its form, and its editor code bundled into one script.
import { mkdirSync, writeFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { readForm } from './form.mjs';
import { unindented } from './unindented.mjs';

/** Writes `dist/<kind>/<name>/<name>.html` of a node set or plugin. */
export async function buildEditor(set) {
  const code = `<script type="text/javascript">\n${await bundle(`${set.folder}/editor.ts`)}</script>\n`;
  const target = inRoot('dist', set.kind, set.name);
  mkdirSync(target, { recursive: true });
  writeFileSync(`${target}/${set.name}.html`, set.kind === 'nodes' ? formOf(set) + code : code);
}

// package.json says no "type": with "commonjs" esbuild wraps each module in a function and can't leave out unused ones.
async function bundle(entry) {
  // Imported late: set-up, which brings esbuild, has run by now.
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2020',
    charset: 'ascii',
    minifyWhitespace: true,
    legalComments: 'none',
    tsconfig: inRoot('tsconfig.editor.json'),
    logLevel: 'silent',
    absWorkingDir: inRoot(),
  }).catch((error) => {
    throw new Failure(`bundling ${shown(entry)} failed: ${error.message}`);
  });
  if (result.warnings.length > 0) {
    const lines = result.warnings.map(({ text, location }) => `${location?.file}:${location?.line}: ${text}`);
    throw new Failure(`bundling ${shown(entry)} warned:\n  ${lines.join('\n  ')}`);
  }
  const [{ text }] = result.outputFiles;
  // Node-RED's loader looks for this attribute in the whole file, strings in scripts included.
  if (text.includes('data-template-name')) throw new Failure(`${shown(entry)} may not contain data-template-name`);
  return text;
}

const formOf = ({ folder, type }) =>
  `<script type="text/html" data-template-name="${type}">\n${unindented(readForm(folder))}\n</script>\n\n`;
