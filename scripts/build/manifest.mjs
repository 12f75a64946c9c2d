// package.json's list of node sets, written from the folder listing so that adding a node edits no list.
import { readFileSync, writeFileSync } from 'node:fs';
import { inRoot } from '../common/paths.mjs';

/** Brings `node-red.nodes` and `node-red.plugins` up to date and returns the manifest. */
export function writeManifest(sets) {
  const file = inRoot('package.json');
  const before = readFileSync(file, 'utf8');
  const manifest = JSON.parse(before);
  const { nodes: _nodes, plugins: _plugins, ...rest } = manifest['node-red'];
  const plugins = listOf('plugins', sets);
  manifest['node-red'] = { ...rest, nodes: listOf('nodes', sets) };
  if (Object.keys(plugins).length > 0) manifest['node-red'].plugins = plugins;
  const after = `${JSON.stringify(manifest, null, 2)}\n`;
  if (after !== before) writeFileSync(file, after);
  return manifest;
}

const listOf = (kind, sets) =>
  Object.fromEntries(
    sets.filter((set) => set.kind === kind).map(({ name }) => [name, `dist/${kind}/${name}/${name}.js`]),
  );
