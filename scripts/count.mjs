// `npm run count`: what the sources are made of, as the table of docs/house.md.
//   npm run count -- 40b6df5 HEAD   of these revisions, side by side
import { main } from './common/failure.mjs';
import { inRoot } from './common/paths.mjs';
import { run } from './common/run.mjs';
import { setUp } from './set-up.mjs';

await main('count', async () => {
  await setUp();
  const revisions = process.argv.slice(2);
  const program = [
    '--require',
    inRoot('scripts', 'typescript', 'register.cjs'),
    inRoot('scripts', 'count', 'table.ts'),
  ];
  await run('counting', process.execPath, [...program, ...(revisions.length > 0 ? revisions : ['HEAD'])]);
});
