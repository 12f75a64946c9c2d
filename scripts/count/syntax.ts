import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Ast, Node } from '../../test/support/bounds/sources';

/** What the compiler sees in some files. */
export interface Syntax {
  /** Lines of each function. */
  functions: number[];
  any: number;
  /** `as`, but for `as const`. */
  casts: number;
  nonNull: number;
  /** Functions that a constructor of lib/messaging hands to a part that it makes. */
  closures: number;
}

/** Reads the product's files below `folder`, without types: nothing they import need be there. */
export async function syntaxOf(folder: string, files: readonly string[]): Promise<Syntax> {
  const [{ API }, ast] = await Promise.all([import('typescript/unstable/sync'), import('typescript/unstable/ast')]);
  const config = path.join(folder, 'tsconfig.counted.json');
  writeFileSync(config, JSON.stringify({ compilerOptions: { noLib: true, noResolve: true, types: [] }, files }));
  const api = new API({ cwd: folder });
  const seen: Syntax = { functions: [], any: 0, casts: 0, nonNull: 0, closures: 0 };
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    for (const file of files) {
      const source = project?.program.getSourceFile(path.join(folder, file));
      if (!source) throw new Error(`${file} can't be read`);
      count(source, ast, seen, file.startsWith('lib/messaging/'));
    }
  } finally {
    api.close();
  }
  return seen;
}

function count(source: Node, ast: Ast, seen: Syntax, isMessaging: boolean): void {
  const visit = (node: Node, inConstructor: boolean, inNew: boolean): void => {
    const isFunction = ast.isArrowFunction(node) || ast.isFunctionExpression(node);
    if (isFunction || ast.isMethodDeclaration(node) || ast.isFunctionDeclaration(node) || isAccessor(node, ast)) {
      seen.functions.push(node.getText().split('\n').length);
    }
    if (node.kind === ast.SyntaxKind.AnyKeyword) seen.any += 1;
    if (ast.isAsExpression(node) && node.type.getText() !== 'const') seen.casts += 1;
    if (ast.isNonNullExpression(node)) seen.nonNull += 1;
    if (isMessaging && inConstructor && inNew && isFunction) seen.closures += 1;
    const isConstructor = ast.isConstructorDeclaration(node);
    if (isConstructor) seen.functions.push(node.getText().split('\n').length);
    // What is inside a function that is handed over belongs to that.
    const within = isFunction ? false : inNew || ast.isNewExpression(node);
    node.forEachChild((child) => visit(child, inConstructor || isConstructor, within));
  };
  visit(source, false, false);
}

const isAccessor = (node: Node, ast: Ast): boolean =>
  ast.isGetAccessorDeclaration(node) || ast.isSetAccessorDeclaration(node);
