import { findInSources, type Node, type Source } from '../bounds/sources';

/** What a function that is handed to a part is called (docs/architecture.md, "Who calls whom"). */
const SAYS_WHO_ASKS = /^_?(on|get|create|is|has|should|may)[A-Z]/;
/** What a general part does, or orders by, for whoever made it; chance. */
const PLAIN = new Set(['work', 'random', 'compare']);

/** Returns the members of options, and the parameters of constructors, that are functions and don't say who asks whom. */
export const misnamedCallbacks = (folders: readonly string[]): Promise<string[]> => findInSources(folders, misnamedIn);

function misnamedIn({ ast, checker, file, source }: Source): string[] {
  const found: string[] = [];
  const check = (node: Node): void => {
    if (!('name' in node) || !('type' in node)) return;
    const name = (node.name as Node).getText();
    const given = checker.getTypeAtLocation(node);
    const type = given && checker.getNonNullableType(given);
    const isFunction = type !== undefined && checker.getSignaturesOfType(type, CALL).length > 0;
    if (isFunction && !SAYS_WHO_ASKS.test(name) && !PLAIN.has(name)) found.push(`${file}: ${name}`);
  };
  const checkParameter = (node: Node): void => {
    check(node);
    const options = 'type' in node ? (node.type as Node | undefined) : undefined;
    if (options && ast.isTypeLiteralNode(options)) options.members.forEach(check);
  };
  const visit = (node: Node): void => {
    if (ast.isConstructorDeclaration(node)) node.parameters.forEach(checkParameter);
    else if (ast.isInterfaceDeclaration(node) && /Options$/.test(node.name.text)) node.members.forEach(check);
    node.forEachChild(visit);
  };
  visit(source);
  return found;
}

/** The compiler's number for a type that can be called. */
const CALL = 0;
