// Lets `require` load TypeScript from where it lies: node --require ./scripts/typescript/register.cjs FILE.ts
const Module = require('node:module');
const { compiled } = require('./compiled.cjs');

Module._extensions['.ts'] = (module, file) => module._compile(compiled(file), file);

// Stacks name the lines of the TypeScript.
process.setSourceMapsEnabled(true);
