// What there is to build, read from the folders alone.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';

/** The language whose catalogue and help every node must have; Node-RED falls back to it. */
export const MAIN_LANGUAGE = 'en-US';

const CONFIG_CATEGORY = /\bcategory:\s*['"]config['"]/;

const foldersIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : [];

/** The languages that have a folder under locales/. */
export const languages = () => foldersIn(inRoot('locales'));

/**
 * Every node set and plugin: `{ kind: 'nodes' | 'plugins', name, folder, type, isConfig }`.
 * Missing parts are all named in one failure.
 */
export function readPalette() {
  const sets = [
    ...foldersIn(inRoot('nodes')).map((name) => nodeSet(name)),
    ...foldersIn(inRoot('plugins')).map((name) => plugin(name)),
  ];
  const missing = sets.flatMap((set) => set.parts).filter((file) => !existsSync(file));
  if (missing.length > 0) {
    throw new Failure(`these parts of nodes are missing:\n${missing.map((file) => `  ${shown(file)}`).join('\n')}`);
  }
  if (sets.length === 0) throw new Failure('nodes/ holds no node');
  return sets;
}

function nodeSet(name) {
  const folder = inRoot('nodes', name);
  const editor = `${folder}/editor.ts`;
  const isConfig = existsSync(editor) && CONFIG_CATEGORY.test(readFileSync(editor, 'utf8'));
  const parts = [
    ...[`${name}.ts`, 'config.ts', 'editor.ts', 'editor.html'].map((file) => `${folder}/${file}`),
    ...['json', 'html'].map((ending) => inRoot('locales', MAIN_LANGUAGE, `${name}.${ending}`)),
  ];
  // A config node is never drawn in a flow, so it may go without.
  if (!isConfig) parts.push(inRoot('icons', `${name}.svg`));
  return { kind: 'nodes', name, folder, type: `dinstar-${name}`, isConfig, parts };
}

function plugin(name) {
  const folder = inRoot('plugins', name);
  const parts = [`${folder}/${name}.ts`, `${folder}/editor.ts`, inRoot('locales', MAIN_LANGUAGE, `${name}.json`)];
  return { kind: 'plugins', name, folder, type: `dinstar-${name}`, isConfig: false, parts };
}
