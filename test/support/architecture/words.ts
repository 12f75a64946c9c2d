import { filesIn, textOf } from './sources';

/** Words of our own that nobody else knew, as names hold them, each with the one that took its place (docs/glossary.md). */
const FORMER: Readonly<Record<string, string>> = {
  adoption: 'correlation',
  aftermath: 'follow-up',
  board: 'sidebar',
  chore: 'periodic task',
  crowd: 'text hash',
  desk: 'pending inputs',
  exchanger: 'transport',
  fate: 'state',
  fuse: 'hourly limit',
  'held line': 'held requests',
  'hold off': 'backoff',
  housekeeper: 'scheduler',
  lane: 'port set',
  'lost and found': 'lost SMS detector',
  'move in': 'recover',
  'moving in': 'recovery',
  'nonce life': 'nonce reuse',
  'port turn': 'port mutex',
  'post office': 'intake',
  'settle in': 'recover',
  wish: 'options, request',
  witness: 'source',
};
/** Stores of former versions say the words, and so do this list and its test. */
const EXEMPT = [
  'test/architecture.test.ts',
  'lib/store/sqlite/schema.ts',
  'test/violence/diskFullEach.test.ts',
  'test/support/architecture/words.ts',
];

const SOURCE = /\.(c|m)?(ts|js)$/;
// `BoardPage`, `openBoards` and `BOARD_TOPIC` are made of words; `dashboard` is one.
const WORD = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
// A company.
const PROPER = /FlowFuse/gi;
const IS_FORMER = new RegExp(`(?<= )(${Object.keys(FORMER).join('|')})(?:e?s)?(?= )`);

/** Returns the former words in names, comments and texts of the sources below these folders, with what is said instead. */
export function formerWords(folders: readonly string[]): string[] {
  const files = filesIn(folders).filter((file) => SOURCE.test(file) && !EXEMPT.includes(file));
  return files.flatMap((file) => {
    const names = new Set(`${file} ${textOf(file)}`.match(/\w+/g));
    return [...names].flatMap((name) => {
      const former = formerIn(name);
      return former === undefined ? [] : [`${file}: ${name} is called ${FORMER[former]}`];
    });
  });
}

/** Returns the former word that a name holds, if any. */
export function formerIn(name: string): string | undefined {
  const words = name.replace(PROPER, '').match(WORD) ?? [];
  return IS_FORMER.exec(` ${words.join(' ').toLowerCase()} `)?.[1];
}
