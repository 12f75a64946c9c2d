// The widgets that Node-RED adds to jQuery, as far as these forms use them.

/** One entry of a typed input's menu. */
export interface InputType {
  /** Saved as the property's type: one of Node-RED's own words. */
  value: string;
  label: string;
  icon?: string;
  /** False when choosing the type says all. */
  hasValue?: boolean;
  options?: { value: string; label: string }[];
  /** Answers `true` or what is wrong; the widget shows it as a tooltip. */
  validate?: (value: string) => true | string;
  /** A button that opens a panel. */
  expand?: { icon: string; minWidth: number; content: (this: TypedInputWidget, container: JQuery) => object };
}

export interface TypedInputWidget {
  value(): string;
  value(value: string): void;
}

declare global {
  interface JQuery {
    typedInput(options: { types: (string | InputType)[]; default: string; typeField?: string }): this;
    typedInput(method: 'type' | 'value'): string;
    typedInput(method: 'type' | 'value', value: string): this;
    typedInput(method: 'validate'): boolean;
    typedInput(method: 'types', types: (string | InputType)[]): this;
    autoComplete(options: { search: (typed: string) => { value: string; label: string }[]; minLength: number }): this;
  }
}
