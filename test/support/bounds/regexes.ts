import { analyse, type Report } from 'scslre';
import { findInSources, type Node, type Source } from './sources';

/** A regular expression in the sources. */
export interface Regex {
  /** `file` and the literal as it is written. */
  at: string;
  /** Why there are texts that take it more than a time in proportion to their length; empty when there are none. */
  reports: readonly Report[];
}

/** Every regular expression that is written as a literal in the sources below `folders`. */
export const regexesIn = (folders: readonly string[]): Promise<Regex[]> => findInSources(folders, regexesOf);

function regexesOf({ ast, file, source }: Source): Regex[] {
  const found: Regex[] = [];
  const visit = (node: Node): void => {
    if (ast.isRegularExpressionLiteral(node)) found.push({ at: `${file} ${node.text}`, reports: reportsOf(node.text) });
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

function reportsOf(literal: string): readonly Report[] {
  const end = literal.lastIndexOf('/');
  return analyse({ source: literal.slice(1, end), flags: literal.slice(end + 1) }).reports;
}
