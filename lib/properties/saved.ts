/** Saved properties of a node, as the editor, an older version or somebody's own flow file left them. */
export type Saved<Config extends object> = Partial<Record<keyof Config, unknown>>;

/** The properties that are saved and that the node has, as texts. */
export function savedTexts<Config extends object>(saved: Saved<Config>, defaults: Config): Record<string, string> {
  const given = Object.entries(saved).filter(
    ([key, value]) => key in defaults && value !== undefined && value !== null,
  );
  return Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
}

/**
 * Saved properties, all of them texts, with the defaults for those that are missing: flows may name only what differs.
 * @param neverEmpty those whose cleared field means the default, together with its type where they are typed
 */
export function withDefaults<Config extends object>(
  saved: Saved<Config>,
  defaults: Config,
  neverEmpty: readonly (keyof Config & string)[] = [],
): Config {
  const texts = savedTexts(saved, defaults);
  const cleared = neverEmpty.filter((key) => texts[key] === '').flatMap((key) => [key, `${key}Type`]);
  return { ...defaults, ...Object.fromEntries(Object.entries(texts).filter(([key]) => !cleared.includes(key))) };
}
