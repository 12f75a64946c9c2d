// A node's form: its rows, with those it shares with other nodes put in.
import { existsSync, readFileSync } from 'node:fs';
import { Failure } from '../common/failure.mjs';
import { inRoot, shown } from '../common/paths.mjs';

const LINT_REMARK = /^<!-- biome-ignore-all .*-->\n/;
const SHARED = /^ *<!-- rows: ([\w-]+) -->\n/gm;

/** The form of `nodes/<name>/`, with each `<!-- rows: x -->` replaced by `lib/editor/rows/x.html`. */
export function readForm(folder) {
  const file = `${folder}/editor.html`;
  const form = read(file).replace(SHARED, (_line, name) => {
    const rows = inRoot('lib', 'editor', 'rows', `${name}.html`);
    if (!existsSync(rows)) throw new Failure(`${shown(file)} asks for ${shown(rows)}, which isn't there`);
    return read(rows);
  });
  if (/<script/i.test(form)) throw new Failure(`${shown(file)} holds a <script>: the build puts the rows into one`);
  return form.trim();
}

const read = (file) => readFileSync(file, 'utf8').replace(LINT_REMARK, '');
