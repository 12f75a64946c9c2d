import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from '../repository';

// The compiler's interface is an ES module.
export type Ast = typeof import('typescript/unstable/ast', { with: { 'resolution-mode': 'import' }});
export type Node = import('typescript/unstable/ast', { with: { 'resolution-mode': 'import' }}).Node;
export type Checker = import('typescript/unstable/sync', { with: { 'resolution-mode': 'import' }}).Checker;

/** A source file as the compiler reads it. */
export interface Source {
  ast: Ast;
  checker: Checker;
  /** Its path in the repository. */
  file: string;
  source: Node;
}

/** What `find` finds in every source below `folders`. */
export async function findInSources<T>(folders: readonly string[], find: (source: Source) => T[]): Promise<T[]> {
  const [{ API }, ast] = await Promise.all([import('typescript/unstable/sync'), import('typescript/unstable/ast')]);
  const api = new API({ cwd: root });
  try {
    const config = path.join(root, 'tsconfig.json');
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error('tsconfig.json can not be read');
    return project.rootFiles
      .map((file) => path.relative(root, file).replaceAll(path.sep, '/'))
      .filter((file) => folders.some((folder) => file.startsWith(`${folder}/`)) && existsSync(path.join(root, file)))
      .flatMap((file) => {
        const source = project.program.getSourceFile(path.join(root, file));
        return source ? find({ ast, checker: project.checker, file, source }) : [];
      });
  } finally {
    api.close();
  }
}
