type EmitWarning = typeof process.emitWarning;

const isAboutSqlite = ([warning, type]: readonly unknown[]): boolean =>
  type === 'ExperimentalWarning' && String(warning).includes('SQLite');

/**
 * Loads a module that may be missing. Node 22 warns of its SQLite each time it starts, which nobody who installed this
 * can do anything about: that one warning is kept quiet, whatever else is said meanwhile is not.
 */
export function loadQuietly(name: string, load: (name: string) => unknown): unknown {
  const emitWarning: EmitWarning = process.emitWarning;
  const emitOthers = (...said: unknown[]): void => {
    if (!isAboutSqlite(said)) Reflect.apply(emitWarning, process, said);
  };
  process.emitWarning = emitOthers as EmitWarning;
  try {
    return load(name);
  } catch {
    return undefined;
  } finally {
    process.emitWarning = emitWarning;
  }
}
