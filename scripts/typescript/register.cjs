// Lets `require` load TypeScript from where it lies: node --require ./scripts/typescript/register.cjs FILE.ts
const Module = require('node:module');
const { compiled } = require('./compiled.cjs');
const { mapStacks } = require('./stacks.cjs');

// Coverage is told by Node itself which lines of the TypeScript were reached.
const isMeasured = process.env.NODE_V8_COVERAGE !== undefined;
const maps = new Map();

Module._extensions['.ts'] = (module, file) => {
  const { code, getMap } = compiled(file);
  maps.set(file, getMap);
  module._compile(isMeasured ? withMap(code, getMap()) : code, file);
};

const withMap = (code, map) =>
  `${code}//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}\n`;

if (isMeasured) process.setSourceMapsEnabled(true);
// Node would read every map at once, which takes a fifth of the time of loading; hardly any is needed.
else mapStacks((file) => maps.get(file)?.());
