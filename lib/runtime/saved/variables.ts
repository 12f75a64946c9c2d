// `${NAME}`, and `$(NAME)`, which Node-RED still takes for the same when it is the whole value.
const WHOLE = /^\$(?:\{([^}\s]+)\}|\(([^)\s]+)\))$/;
const ANYWHERE = /\$\{([^${}\s]+)\}/;

/** A variable that stands in a value: its name, and whether it is all of it. */
export interface Variable {
  name: string;
  whole: boolean;
}

/**
 * The first variable in a saved value, however deep in a list or an object; undefined where there is none. Node-RED puts in
 * whole values only, and leaves a variable that there isn't as it is written.
 */
export function variableIn(value: unknown): Variable | undefined {
  if (typeof value === 'string') {
    const whole = WHOLE.exec(value);
    const name = whole ? (whole[1] ?? whole[2]) : ANYWHERE.exec(value)?.[1];
    return name === undefined ? undefined : { name, whole: whole !== null };
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return undefined;
  for (const part of Object.values(value)) {
    const found = variableIn(part);
    if (found) return found;
  }
  return undefined;
}

/** The variables in a text that Node-RED itself evaluates (type `env`), where a bare name is one, too. */
export function namesIn(text: string): string[] {
  const names = [...text.matchAll(/\$\{([^}]+)\}/g)].flatMap(([, name]) => name ?? []);
  return names.length > 0 || text === '' ? names : [text];
}

/** The variables that a JSONata expression reads; `$env` where their names are made up as it goes. */
export function namesInExpression(expression: string): string[] {
  return [...expression.matchAll(/\$env\b(?:\(\s*["']([^"']+)["'])?/g)].map(([all, name]) => name ?? all);
}
