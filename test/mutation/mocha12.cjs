// Loaded before Stryker: its mocha-runner (10.0.0) asks for mocha's files without their ending, which is .cjs since mocha 12.
require('node:module')._extensions['.cjs'] ??= require('node:module')._extensions['.js'];
