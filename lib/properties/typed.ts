/** How the value of a typed property is read: Node-RED's own words. */
export type ValueType = 'msg' | 'flow' | 'global' | 'str' | 'num' | 'bool' | 'json' | 'jsonata' | 'env' | 'date';

/** What a typed property holds, and how that is read. */
export interface TypedValue {
  value: unknown;
  type: ValueType;
}

/** Typed properties as a node saves them: the text of `x`, and how it is read in `xType` (contract, typed inputs). */
export type Typed<Name extends string, Type extends string = ValueType> = Record<Name, string> &
  Record<`${Name}Type`, Type>;

/** Whether a property is typed, by the defaults of its node. */
export const isTyped = (name: string, defaults: object): boolean => `${name}Type` in defaults;

/** A node's typed property of this name. */
export const typedValue = <Name extends string>(config: Typed<NoInfer<Name>>, name: Name): TypedValue => ({
  value: config[name],
  type: config[`${name}Type`] as ValueType,
});

/** Several of a node's typed properties, by their names. */
export const typedValues = <Name extends string>(
  config: Typed<NoInfer<Name>>,
  names: readonly Name[],
): Record<Name, TypedValue> =>
  Object.fromEntries(names.map((name) => [name, typedValue(config, name)])) as Record<Name, TypedValue>;
