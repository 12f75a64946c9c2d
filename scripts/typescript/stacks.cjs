const { SourceMap } = require('node:module');

/** Lets the stacks of errors name lines of the sources; `getMap` answers with a file's source map as JSON, if it has one. */
exports.mapStacks = (getMap) => {
  const read = new Map();
  const mapOf = (file) => {
    if (!read.has(file)) {
      const map = getMap(file);
      read.set(file, map && new SourceMap(JSON.parse(map)));
    }
    return read.get(file);
  };
  Error.prepareStackTrace = (error, sites) =>
    [headOf(error), ...sites.map((site) => inSource(site, mapOf))].join('\n    at ');
};

function headOf(error) {
  try {
    return String(Error.prototype.toString.call(error));
  } catch {
    return 'an error that can’t be shown';
  }
}

function inSource(site, mapOf) {
  const file = site.getFileName();
  const found = file?.endsWith('.ts') && mapOf(file)?.findEntry(site.getLineNumber() - 1, site.getColumnNumber() - 1);
  if (!found || found.originalLine === undefined) return String(site);
  const there = `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`;
  return String(site).replace(there, () => `${file}:${found.originalLine + 1}:${found.originalColumn + 1}`);
}
