import { filesIn, textOf } from './sources';

const SOURCES = ['lib', 'nodes', 'plugins', 'simulator'];
const QUOTED = /`([^`\n]+)`/g;
const MEMBER = /^([A-Z]\w*)\.([a-z]\w*)$/;
const FILE = /\.(ts|mjs|cjs|json|html)$/;
/** A name of several words, but for `onX`, which stands for many. */
const IS_NAME = /^\w*[a-z][A-Z]\w+$/;

/**
 * Returns what pages name in backticks as a name of the product's code and that isn't there any more, as `page: name`: members
 * (`Class.member`, which must stand where the class is declared) and names of several words.
 */
export function missingNames(pages: readonly string[]): string[] {
  const sources = filesIn(SOURCES, '.ts').map(textOf);
  const words = new Set(sources.flatMap((text) => text.match(/[A-Za-z_]\w*/g) ?? []));
  const isThere = (name: string): boolean => {
    const [, owner, member] = MEMBER.exec(name) ?? [];
    if (owner === undefined) return words.has(name);
    const declared = new RegExp(`\\b(class|interface) ${owner}\\b`);
    return sources.some((text) => declared.test(text) && new RegExp(`\\b${member}\\b`).test(text));
  };
  return pages.flatMap((page) =>
    namesIn(textOf(page))
      .filter((name) => !isThere(name))
      .map((name) => `${page}: ${name}`),
  );
}

/** Returns what a page has in backticks that can be nothing but a name of the code. */
export function namesIn(text: string): string[] {
  const quoted = [...text.matchAll(QUOTED)].map(([, inside = '']) => inside);
  return quoted.filter((inside) => !FILE.test(inside) && (MEMBER.test(inside) || IS_NAME.test(inside)));
}
