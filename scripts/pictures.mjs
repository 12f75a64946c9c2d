// `npm run pictures`: what the package looks like, into pictures/ (never committed), and the README's one picture.
//   npm run pictures -- overview   only that one, docs/pictures/overview.png
import { build } from './build.mjs';
import { main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { setUp, setUpSecondPlatform } from './set-up.mjs';

await main('pictures', async () => {
  await setUp();
  await setUpSecondPlatform();
  await build();
  // With the tests' own means: they start Node-RED and drive its editor.
  await run('taking the pictures', process.execPath, [
    '--require',
    inRoot('scripts', 'typescript', 'register.cjs'),
    inRoot('scripts', 'pictures', 'take.ts'),
  ]);
});
