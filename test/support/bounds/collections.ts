import { type Ast, type Checker, findInSources, type Node, type Source } from './sources';

type Type = import('typescript/unstable/sync', { with: { 'resolution-mode': 'import' }}).Type;

/** What can hold any number of things: by the name of its type. */
const GROWING = ['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'ReadonlyMap', 'ReadonlySet', 'ReadonlyArray'];
/** What keeps listeners or waiters, which are as many as there are callers. */
const WAITED_FOR = ['AbortController', 'EventEmitter', 'Server', 'Agent', 'Semaphore', 'KeyedMutex', 'Ongoing'];
/** An object's type that has no name of its own: `{ a: Set<string> }`, also one made by a mapped type. */
const UNNAMED = ['__type', '__object', ''];
/** What calls a function before it returns. */
const AT_ONCE = new Set(['forEach', 'map', 'flatMap', 'filter', 'some', 'every', 'find', 'reduce', 'sort', 'replace']);
/** What makes one of them longer, in place. */
const GROWS = new Set(['set', 'add', 'push', 'unshift', 'splice', 'fill']);

/** Something that can grow and lives longer than the call that made it. */
export interface Collection {
  /** `file Class.field`, `file name` of a module, `file function.name` of a closure. */
  at: string;
  type: string;
}

/**
 * Every field, module variable and closure variable of the sources below `folders` that can grow: found by type, with the
 * compiler, so that neither an alias nor an inferred type hides one.
 */
export const collectionsIn = (folders: readonly string[]): Promise<Collection[]> =>
  findInSources(folders, collectionsOf);

function collectionsOf({ ast, checker, file, source }: Source): Collection[] {
  const found: Collection[] = [];
  const grown = namesThatGrow(ast, source);
  const note = (node: Node, name: string, canBeReplaced: boolean): void => {
    const type = checker.getTypeAtLocation(node);
    if (type && canGrow(checker, type, canBeReplaced)) {
      found.push({ at: `${file} ${name}`, type: checker.typeToString(type) });
    }
  };
  const visit = (node: Node, within: readonly string[], isInFunction: boolean): void => {
    const named = nameOf(ast, node);
    const place = named === undefined ? within : [...within, named];
    if (ast.isPropertyDeclaration(node) || (ast.isParameterDeclaration(node) && isField(ast, node))) {
      note(node, place.join('.'), !isReadonly(ast, node));
    } else if (ast.isVariableDeclaration(node) && ast.isIdentifier(node.name)) {
      const { text } = node.name;
      // One that only its own function makes longer ends with that call; a function inside may be called later.
      const isKept = isInFunction ? grown.get(text)?.some((at) => isLater(ast, at, node)) : grown.has(text);
      if (isKept) note(node, place.join('.'), true);
    }
    node.forEachChild((child) => visit(child, place, isInFunction || ast.isFunctionLikeDeclaration(node)));
  };
  visit(source, [], false);
  return found;
}

const nameOf = (ast: Ast, node: Node): string | undefined => {
  const isPlace =
    ast.isClassDeclaration(node) ||
    ast.isFunctionDeclaration(node) ||
    ast.isMethodDeclaration(node) ||
    ast.isPropertyDeclaration(node) ||
    ast.isVariableDeclaration(node) ||
    (ast.isParameterDeclaration(node) && isField(ast, node));
  if (ast.isConstructorDeclaration(node)) return undefined;
  return isPlace ? node.name?.getText() : undefined;
};

const isReadonly = (ast: Ast, node: Node): boolean =>
  'modifiers' in node && ((node.modifiers as Node[] | undefined)?.some((one) => ast.isReadonlyKeyword(one)) ?? false);

const isField = (ast: Ast, node: Node): boolean =>
  'modifiers' in node &&
  ((node.modifiers as Node[] | undefined)?.some(
    (one) =>
      ast.isReadonlyKeyword(one) ||
      ast.isPrivateKeyword(one) ||
      ast.isProtectedKeyword(one) ||
      ast.isPublicKeyword(one),
  ) ??
    false);

/** The variables of a file that are made longer or replaced, with where. */
function namesThatGrow(ast: Ast, source: Node): Map<string, Node[]> {
  const names = new Map<string, Node[]>();
  const note = (target: Node, at: Node): void => {
    if (ast.isIdentifier(target)) names.set(target.text, [...(names.get(target.text) ?? []), at]);
  };
  const visit = (node: Node): void => {
    if (ast.isCallExpression(node) && ast.isPropertyAccessExpression(node.expression)) {
      if (GROWS.has(node.expression.name.text)) note(node.expression.expression, node);
    } else if (ast.isBinaryExpression(node) && ast.isAssignmentOperator(node.operatorToken.kind)) {
      note(node.left, node);
      if (ast.isElementAccessExpression(node.left)) note(node.left.expression, node);
    } else if (ast.isNewExpression(node) && node.expression.getText() === 'AbortController') {
      if (ast.isVariableDeclaration(node.parent)) note(node.parent.name, node);
    }
    node.forEachChild(visit);
  };
  visit(source);
  return names;
}

/** Whether what stands at `at` may run after the function that has the variable has ended. */
function isLater(ast: Ast, at: Node, variable: Node): boolean {
  const home = functionOf(ast, variable);
  let isDeferred = false;
  for (let within = functionOf(ast, at); within !== home; within = functionOf(ast, within)) {
    if (!within) return false;
    isDeferred ||= !isCalledAtOnce(ast, within);
  }
  return isDeferred;
}

/** `list.forEach((one) => …)` and its like end before the next line. */
function isCalledAtOnce(ast: Ast, callback: Node): boolean {
  const call = callback.parent;
  return (
    ast.isCallExpression(call) &&
    ast.isPropertyAccessExpression(call.expression) &&
    AT_ONCE.has(call.expression.name.text)
  );
}

function functionOf(ast: Ast, node: Node): Node | undefined {
  let at: Node | undefined = node.parent;
  while (at && !ast.isFunctionLikeDeclaration(at)) at = at.parent;
  return at;
}

/** @param canBeReplaced a field that isn't `readonly` grows by a longer one in its place, too */
function canGrow(checker: Checker, type: Type, canBeReplaced: boolean): boolean {
  if (type.isUnionType() || type.isIntersectionType()) {
    return type.getTypes().some((one) => canGrow(checker, one, canBeReplaced));
  }
  const name = type.getSymbol()?.name ?? '';
  if (WAITED_FOR.includes(name)) return true;
  if (GROWING.includes(name)) return canBeReplaced || !name.startsWith('Readonly');
  if (checker.isTupleType(type)) return false;
  if (!type.isObjectType()) return false;
  const isDictionary = checker.getIndexInfosOfType(type).length > 0;
  return (
    isDictionary || (UNNAMED.includes(name) && membersOf(checker, type).some((one) => canGrow(checker, one, false)))
  );
}

const membersOf = (checker: Checker, type: Type): Type[] =>
  checker.getPropertiesOfType(type).flatMap((one) => checker.getTypeOfSymbol(one) ?? []);
