/** Ids of one page of the inbox, of SMS with a higher id than `after`; none at its end. */
export type Page = (after: number) => Promise<readonly number[]>;

const FIRST_STEP = 64;
/** A full inbox takes some twenty; one that has more above any id, whatever it is, is none. */
const MOST_PAGES = 100;

/**
 * The id of the newest SMS in a gateway's inbox, 0 when it is empty. The API only pages upward (manual 6.2): what lies in
 * between is jumped over, so that a full inbox takes some twenty requests and not hundreds.
 */
export async function newestId(page: Page): Promise<number> {
  let known = 0;
  let pages = 0;
  const isThere = async (after: number): Promise<boolean> => {
    pages += 1;
    // A gateway that ignores the id answers with the same again and again.
    const ids = (await page(after)).filter((id) => id > after);
    known = Math.max(known, ...ids);
    return ids.length > 0 && pages < MOST_PAGES;
  };
  if (!(await isThere(0))) return 0;
  let step = FIRST_STEP;
  while (await isThere(known + step)) step *= 2;
  let end = known + step;
  while (end - known > 1) {
    const middle = Math.floor((known + end) / 2);
    if (!(await isThere(middle))) end = middle;
  }
  // An id right above the last one that was seen.
  while (await isThere(known));
  return known;
}
