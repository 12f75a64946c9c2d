import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A path inside the clone. */
export const inRoot = (...parts) => path.join(root, ...parts);

/** A path as messages show it: relative to the clone, with forward slashes. */
export const shown = (file) => path.relative(root, file).split(path.sep).join('/');
