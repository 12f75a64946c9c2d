/** A language tag as it is compared: tags don't care for capitals (RFC 5646, 2.1.1), and operating systems write `de_AT`. */
export const languageTag = (language: string): string => language.trim().toLowerCase().replace(/_/g, '-');

/**
 * What there is for a language, by tags as {@link languageTag} makes them: the whole tag's, then that of what stands before its
 * last dash, and so on (RFC 4647, 3.4).
 */
export function inLanguage<T>(byTag: ReadonlyMap<string, T>, language: unknown): T | undefined {
  if (typeof language !== 'string') return undefined;
  for (let tag = languageTag(language); tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    const found = byTag.get(tag);
    if (found !== undefined) return found;
  }
  return undefined;
}
