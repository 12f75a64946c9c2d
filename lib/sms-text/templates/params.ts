/** What stands in a template for a recipient's next `text_param` (manual 2.2). */
export const PARAM_MARK = '#param#';

/** Whether `text` holds a `#param#`, so that the gateway would take it for a template (manual 2.2). */
export function hasParam(text: string): boolean {
  return text.includes(PARAM_MARK);
}

/** How many parameters `text` takes; marks that overlap (`#param#param#`) count once, from the left. */
export function countParams(text: string): number {
  return text.split(PARAM_MARK).length - 1;
}

/**
 * `text` with each `#param#` replaced by the next of `params`, in one pass from left to right: a parameter that itself
 * contains `#param#` stays as it is (manual 2.2). Throws a RangeError unless there are exactly `countParams(text)`
 * parameters.
 */
export function expandTemplate(text: string, params: readonly string[]): string {
  const [head = '', ...rest] = text.split(PARAM_MARK);
  if (rest.length !== params.length) {
    throw new RangeError(`the text takes ${rest.length} parameters (${PARAM_MARK}), ${params.length} were given`);
  }
  return rest.reduce((expanded, piece, index) => expanded + params[index] + piece, head);
}
