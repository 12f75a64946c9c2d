// Catalogues, help texts and icons, put where Node-RED looks for them: beside the compiled node.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';
import { languages } from './palette.mjs';
import { unindented } from './unindented.mjs';

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
      writeFileSync(`${target}/${set.name}.json`, JSON.stringify(withCommon(catalogue, language, editorOf(set))));
    }
    const help = inRoot('locales', language, `${set.name}.html`);
    if (existsSync(help)) writeFileSync(`${target}/${set.name}.html`, wrapped(help, set.type));
  }
}

const editorOf = ({ kind, name }) => readFileSync(inRoot('dist', kind, name, `${name}.html`), 'utf8');

// Each node set is a namespace of its own to Node-RED, so the shared texts that its editor names go into each; what the
// runtime may come to show as a status goes with them.
function withCommon(file, language, editor) {
  const catalogue = readJson(file);
  const commonFile = inRoot('locales', language, 'common.json');
  if (!existsSync(commonFile)) return catalogue;
  if ('common' in catalogue) throw new Failure(`${shown(file)}: the key "common" belongs to ${shown(commonFile)}`);
  const isShown = (key) => key.startsWith('common.status.') || editor.includes(key);
  return { ...catalogue, common: kept(readJson(commonFile), 'common', isShown) };
}

/** The texts whose keys fit, their groups kept. */
function kept(texts, at, fits) {
  const entries = Object.entries(texts).flatMap(([key, value]) => {
    const path = `${at}.${key}`;
    if (typeof value === 'string') return fits(path) ? [[key, value]] : [];
    const inner = kept(value, path, fits);
    return Object.keys(inner).length > 0 ? [[key, inner]] : [];
  });
  return Object.fromEntries(entries);
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
  return `<script type="text/html" data-help-name="${type}">\n${unindented(help)}\n</script>\n`;
}
