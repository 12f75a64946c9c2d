import { CONDITION_WORDS } from '../../lib/properties/conditions';
import { filesIn, importsOf, textOf } from '../support/architecture/sources';

/** The language the others are translated from. */
export const MAIN_LANGUAGE = 'en-US';

const foldersOf = (folder: string): string[] => [...new Set(filesIn([folder]).map((file) => file.split('/')[1] ?? ''))];

/** Every language that has a folder. */
export const languages = foldersOf('locales');

/** The languages of Node-RED's editor that the help is written in; in the others Node-RED shows it in the main one. */
const HELP_LANGUAGES: readonly string[] = [MAIN_LANGUAGE, 'de', 'zh-CN'];

/** Of these, those that are there. */
export const helpLanguages = languages.filter((language) => HELP_LANGUAGES.includes(language));

/** Every node type's folder. */
export const nodes = foldersOf('nodes');

/** Every plugin's folder. */
export const plugins = foldersOf('plugins');

/** The texts of a catalogue by their keys. */
export type Texts = Map<string, string>;

/** A catalogue file, its keys written with dots. */
export function textsOf(language: string, name: string): Texts {
  const walk = (value: unknown, at: string): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => walk(inner, at === '' ? key : `${at}.${key}`))
      : [[at, String(value)]];
  return new Map(walk(JSON.parse(textOf(`locales/${language}/${name}.json`)), ''));
}

/** What a node's editor can ask for: its own texts, and the common ones as the build puts them in. */
export function allTextsOf(language: string, node: string): Texts {
  const common = [...textsOf(language, 'common')].map(([key, text]): [string, string] => [`common.${key}`, text]);
  return new Map([...textsOf(language, node), ...common]);
}

const KEY = /['"]((?:common|mark|label|section|option|output|placeholder|tip|type|unit|error)\.[\w.-]+)['"]/g;
const IN_FORM = /data-i18n="([^"]+)"/g;

/** What the rows of a watch and its messages show of each condition: their keys are put together from its word. */
const OF_CONDITIONS = [
  ...CONDITION_WORDS.flatMap((word) => [`condition.${word}`, `text.${word}.raised`, `text.${word}.cleared`]),
  'text.alone',
];

/** Every key that a node's form (a plugin has none), its editor code and what that brings along from lib/editor name. */
export function keysUsedBy(node: string): Set<string> {
  const folder = `${plugins.includes(node) ? 'plugins' : 'nodes'}/${node}`;
  const form = plugins.includes(node) ? [] : [...formOf(node).matchAll(IN_FORM)];
  const inForm = form.flatMap(([, keys = '']) => keys.split(';').map((key) => key.replace(/^\[\w+\]/, '')));
  const sources = [...withImports(`${folder}/editor.ts`)];
  const inCode = sources.flatMap((file) => [...textOf(file).matchAll(KEY)].map(([, key = '']) => key));
  return new Set([...inForm, ...inCode, ...(node === 'watch' ? OF_CONDITIONS : [])]);
}

/** A node's form with the rows it shares with others, as the build puts them in. */
const formOf = (node: string): string =>
  textOf(`nodes/${node}/editor.html`).replace(/<!-- rows: ([\w-]+) -->/g, (_all, name: string) =>
    textOf(`lib/editor/rows/${name}.html`),
  );

function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const { target } of importsOf(file)) {
    if (target?.startsWith('lib/editor/')) withImports(`${target}.ts`, seen);
  }
  return seen;
}

/** What a text is filled in with, sorted. */
export const gapsOf = (text: string): string[] => (text.match(/__\w+?__/g) ?? []).sort();
