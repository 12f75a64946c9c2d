import { chooseOnlyGateway, hideIdleChoice } from './onlyGateway';
import type { EditorNode } from './red';
import type { InputType } from './widgets';

/** How Node-RED names the fields of a dialog: `#<prefix>-<property>`. */
type Prefix = 'node-input' | 'node-config-input';

/** The class of the element around a form's rows. */
const ROOT = '.dinstar-form';

/** The edit dialog of one node type. */
export class Form {
  private edited: EditorNode | undefined;
  private root: HTMLElement | undefined;

  /** @param older what holds where a saved node lacks a property that is newer than it, and new nodes have another default */
  constructor(
    private readonly prefix: Prefix,
    private readonly defaults: object,
    private readonly older: Readonly<Record<string, boolean | number>> = {},
  ) {}

  /** To be called first in `oneditprepare`: the dialog of this node is open now. */
  open(node: EditorNode): void {
    this.edited = node;
    this.root = this.field('name').closest(ROOT)[0];
    // A flow may leave out what is default; the fields of such properties come empty.
    for (const [property, value] of Object.entries(this.defaults)) {
      const isAbsent = node[property] === undefined || node[property] === null;
      // What a cleared field means.
      if (typeof value === 'number') this.field(property).attr('placeholder', String(value));
      if (isAbsent && value !== '' && typeof value !== 'boolean') {
        this.field(property).val(Array.isArray(value) ? value : String(value));
      }
    }
    for (const [property, value] of Object.entries(this.older)) {
      if (node[property] !== undefined) continue;
      if (typeof value === 'number') this.field(property).val(String(value));
      else this.field(property).prop('checked', value);
    }
    chooseOnlyGateway(node, this.field('gateway'));
    hideIdleChoice(node, this.field('gateway'), this.field('gatewayFrom'));
    // Node-RED validates after `oneditprepare`; what it finds must not stay folded away.
    setTimeout(() => this.unfoldErrors(), 0);
  }

  field(property: string): JQuery {
    return $(`#${this.prefix}-${property}`);
  }

  /** An element of the form by its class. */
  find(selector: string): JQuery {
    return $(this.root ?? []).find(selector);
  }

  /** A property as its open dialog shows it, else as it is saved, else its default. */
  read(node: EditorNode, property: string): string {
    const field = node === this.edited && this.root?.isConnected ? this.field(property) : $();
    const shown = field.is(':checkbox') ? field.prop('checked') : field.val();
    const absent = this.older[property] ?? (this.defaults as Record<string, unknown>)[property];
    const value = shown ?? node[property] ?? absent;
    return String(value ?? '');
  }

  /** Makes the field of `property` a typed input whose type is saved in `<property>Type`. */
  typed(property: string, types: (string | InputType)[]): JQuery {
    const first = types[0] as string | InputType;
    const type = this.field(`${property}Type`);
    const twin = twinOffered(String(type.val()), types);
    if (twin !== undefined) type.val(twin);
    return this.field(property).typedInput({
      types: this.checked(property, types),
      default: typeof first === 'string' ? first : first.value,
      typeField: `#${this.prefix}-${property}Type`,
    });
  }

  /** Types of a typed input that show what the property's validator says. */
  checked(property: string, types: (string | InputType)[]): (string | InputType)[] {
    const node = this.edited as EditorNode;
    const validate = node._def.defaults[property]?.validate;
    // Node-RED hangs a validator's message on the field itself, which a typed input hides: the widget has to show it.
    return types.map((type) =>
      typeof type === 'string' || validate === undefined
        ? type
        : { ...type, validate: (value: string) => validate.call(node, value, {}) },
    );
  }

  /** Calls `action` now and whenever one of these fields changes. */
  whenever(properties: string[], action: () => void): void {
    for (const property of properties) this.field(property).on('change keyup paste', () => setTimeout(action, 0));
    action();
  }

  private unfoldErrors(): void {
    this.find('details').has('.input-error').prop('open', true);
  }
}

/**
 * The other way to write the same by hand: a figure as a text, or a text of digits as a figure. A typed input would take a type
 * that it doesn't offer for its first one, and save that.
 */
function twinOffered(saved: string, types: readonly (string | InputType)[]): string | undefined {
  const offers = (value: string): boolean =>
    types.some((type) =>
      typeof type === 'string' ? type === value : type.value === value && !type.options && type.hasValue !== false,
    );
  const twin = { str: 'num', num: 'str' }[saved];
  const isOffered = types.some((type) => (typeof type === 'string' ? type : type.value) === saved);
  return twin !== undefined && !isOffered && offers(twin) ? twin : undefined;
}
