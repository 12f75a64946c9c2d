// Catalogues, help texts and icons, put where Node-RED looks for them: beside the compiled node.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { languages } from './palette.mjs';

/** Copies a node's icon; each lies in its own node's folder, or Node-RED would list it twice. */
export function copyIcon(set) {
  const icon = inRoot('icons', `${set.name}.svg`);
  if (set.kind !== 'nodes' || !existsSync(icon)) return;
  const target = inRoot('dist', 'nodes', set.name, 'icons');
  mkdirSync(target, { recursive: true });
  copyFileSync(icon, `${target}/${set.name}.svg`);
}

/** Writes a set's catalogue and help in every language that has them. */
export function writeLanguages(set) {
  for (const language of languages()) {
    const target = inRoot('dist', set.kind, set.name, 'locales', language);
    mkdirSync(target, { recursive: true });
    const catalogue = inRoot('locales', language, `${set.name}.json`);
    if (existsSync(catalogue)) {
      writeFileSync(`${target}/${set.name}.json`, JSON.stringify(withCommon(catalogue, language)));
    }
    const help = inRoot('locales', language, `${set.name}.html`);
    if (existsSync(help)) writeFileSync(`${target}/${set.name}.html`, wrapped(help, set.type));
  }
}

// Each node set is a namespace of its own to Node-RED, so the shared texts go into each.
function withCommon(file, language) {
  const catalogue = readJson(file);
  const commonFile = inRoot('locales', language, 'common.json');
  if (!existsSync(commonFile)) return catalogue;
  if ('common' in catalogue) throw new Failure(`${shown(file)}: the key "common" belongs to ${shown(commonFile)}`);
  return { ...catalogue, common: readJson(commonFile) };
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Failure(`${shown(file)}: ${error.message}`);
  }
}

function wrapped(file, type) {
  const help = readFileSync(file, 'utf8').trim();
  if (/<script/i.test(help)) throw new Failure(`${shown(file)} holds a <script>: the build puts the help into one`);
  return `<script type="text/html" data-help-name="${type}">\n${help}\n</script>\n`;
}
