import path from 'node:path';
import { pathToFileURL } from 'node:url';
import should from 'should';
import { filesIn } from '../support/architecture/sources';
import { root } from '../support/repository';

interface Piece {
  folder: string;
  isDeep: boolean;
  tests: readonly string[];
}

interface Pieces {
  PIECES: readonly Piece[];
  sourcesOf: (piece: Piece) => string[];
  testsOf: (piece: Piece) => string[];
}

const MUTATED = ['lib/gateway-api', 'lib/machines', 'lib/messaging', 'lib/plans', 'lib/push', 'lib/store/postgres'];

describe('what is mutated', () => {
  let pieces: Pieces;

  before(async () => {
    pieces = (await import(pathToFileURL(path.join(root, 'scripts', 'mutate', 'pieces.mjs')).href)) as Pieces;
  });

  it('is every file of the rooms where an SMS could get lost or doubled, each in exactly one piece', () => {
    const { PIECES, sourcesOf } = pieces;
    should(PIECES.flatMap(sourcesOf).sort()).eql(filesIn(MUTATED, '.ts').sort());
  });

  it('has tests that are there', () => {
    const { PIECES, testsOf } = pieces;
    for (const piece of PIECES) should(testsOf(piece)).not.be.empty();
  });
});
