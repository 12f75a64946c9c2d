// TypeScript as JavaScript, kept from run to run: by its content, so that neither a checkout nor a clock can bring a stale one.
const { createHash } = require('node:crypto');
const { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..', '..');
const folder = path.join(root, 'node_modules', '.cache', 'typescript');

const options = {
  loader: 'ts',
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  sourcemap: 'external',
  tsconfigRaw: { compilerOptions: { target: 'es2022', strict: true } },
};
// Another compiler or other options, other results. Required late: set-up, which brings esbuild, may not have run yet.
let known;
const basis = () => {
  known ??= JSON.stringify({ version: require('esbuild/package.json').version, options });
  return known;
};

const optionsOf = (file) => ({ ...options, sourcefile: file });

// The path is in the source map, from which coverage and stacks have it.
const keptAs = (file, source) =>
  path.join(folder, `${createHash('sha1').update(basis()).update(`\0${file}\0`).update(source).digest('hex')}.js`);

/** A file's JavaScript, compiled now if that isn't kept yet, and a function that answers with its source map as JSON. */
exports.compiled = (file) => {
  const source = readFileSync(file, 'utf8');
  const kept = keptAs(file, source);
  const getMap = () => readFileSync(mapOf(kept), 'utf8');
  try {
    return { code: readFileSync(kept, 'utf8'), getMap };
  } catch {
    // Required late: mostly it isn't needed.
    const result = require('esbuild').transformSync(source, optionsOf(file));
    keep(kept, result);
    return { code: result.code, getMap };
  }
};

/** Compiles at once what isn't kept of these files, and forgets what is kept of others. */
exports.compileAll = async (files) => {
  const wanted = new Map(
    files.map((file) => {
      const source = readFileSync(file, 'utf8');
      return [keptAs(file, source), { file, source }];
    }),
  );
  mkdirSync(folder, { recursive: true });
  const there = new Set(readdirSync(folder).map((name) => path.join(folder, name)));
  for (const kept of there) if (!wanted.has(kept.replace(/\.map$/, ''))) rmSync(kept, { force: true });
  const { transform } = require('esbuild');
  await Promise.all(
    [...wanted]
      .filter(([kept]) => !there.has(kept))
      .map(async ([kept, { file, source }]) => {
        // What can't be compiled is told by the test that needs it.
        const result = await transform(source, { ...optionsOf(file), logLevel: 'silent' }).catch(() => undefined);
        if (result) keep(kept, result);
      }),
  );
};

const mapOf = (kept) => `${kept}.map`;

// The map first: where there is a code there is one.
function keep(kept, { code, map }) {
  mkdirSync(folder, { recursive: true });
  write(mapOf(kept), map);
  write(kept, code);
}

// Written beside and renamed, so that no other process reads half of it.
function write(file, text) {
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, text);
  renameSync(beside, file);
}
