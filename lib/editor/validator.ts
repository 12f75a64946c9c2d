import type { Check } from './problem';
import type { EditorNode, Validate } from './red';

/** Where a validator reads the node's other properties. */
export interface Reader {
  read(node: EditorNode, property: string): string;
}

/** Node-RED puts the variable's value in its place before the node sees it; only a whole value is replaced. */
const ENVIRONMENT_VARIABLE = /^\$\{\S+\}$/;

// What a flow file leaves out is default.
const isOpen = (value: unknown): boolean =>
  value === undefined || value === null || ENVIRONMENT_VARIABLE.test(String(value));

/** A property's validator. What it finds begins with the field's label, for the list on the node in the flow. */
export function validator(labelKey: string, form: Reader, check: Check): Validate {
  // Two parameters, though one would do: by their number Node-RED knows that a text is a message.
  return function (value, _options) {
    if (isOpen(value)) return true;
    const problem = check(String(value), (property) => form.read(this, property));
    return problem === undefined ? true : `${this._(labelKey)}: ${this._(problem.key, problem.values)}`;
  };
}

/**
 * The validator of a typed property `x` with its type in `xType`: each type may have its own check, else Node-RED's own
 * counts.
 */
export function typedValidator(
  labelKey: string,
  form: Reader,
  property: string,
  checks: Record<string, Check>,
): Validate {
  return function (value, options) {
    if (isOpen(value)) return true;
    const type = form.read(this, `${property}Type`);
    const own = checks[type];
    if (own !== undefined) return validator(labelKey, form, own).call(this, value, options);
    const answer = RED.utils.validateTypedProperty(String(value), type, {});
    return answer === true ? true : `${this._(labelKey)}: ${answer}`;
  };
}
