import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';

/** The file of each folder's routes is read as text: a constant that begins a path is put in, an action is a POST. */
const CONSTANT = /^const (\w+) = '([^']+)';$/gm;
const ROUTE = /adminRoute\(red, \{ method: '(get|post)', path: (?:'([^']+)'|`([^`]+)`|(\w+)),/g;
const ACTION = /^ {2}action\((?:'([^']+)'|`([^`]+)`),/gm;

/** Every route that the source opens by `adminRoute`. */
export function adminRoutes(): { method: string; path: string }[] {
  const folder = path.join(root, 'lib/runtime');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  return files.flatMap((name) => routesIn(readFileSync(path.join(folder, name), 'utf8')));
}

function routesIn(source: string): { method: string; path: string }[] {
  const constants = new Map([...source.matchAll(CONSTANT)].map(([, name = '', value = '']) => [name, value]));
  const filled = (text: string): string =>
    text.replace(/\$\{(\w+)\}/g, (_all, name: string) => constants.get(name) ?? name);
  const routes = [...source.matchAll(ROUTE)].map(([, method = '', plain, template, name]) => ({
    method,
    path: filled(plain ?? template ?? `\${${name}}`),
  }));
  const actions = [...source.matchAll(ACTION)].map(([, plain, template]) => ({
    method: 'post',
    path: filled(plain ?? template ?? ''),
  }));
  return [...routes, ...actions];
}
