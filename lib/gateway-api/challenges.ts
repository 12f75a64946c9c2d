/** One way to log in that a 401 offers (RFC 9110, 11.6.1): the scheme in lower case, its parameters by lower-case name. */
export interface Challenge {
  scheme: string;
  params: ReadonlyMap<string, string>;
}

const SCHEME_ALONE = /^(basic|digest|bearer|negotiate|ntlm)$/i;
const SCHEME_AND_PARAM = /^([!#$%&'*+.^_`|~0-9a-z-]+)[ \t]+([^\s=][^=]*=.*)$/is;

/** Reads a WWW-Authenticate field, several challenges in one field included. What can't be read is passed over. */
export function parseChallenges(field: string): Challenge[] {
  const challenges: { scheme: string; params: Map<string, string> }[] = [];
  for (const item of splitList(field)) {
    const [, scheme, first] = SCHEME_AND_PARAM.exec(item) ?? [];
    if (scheme !== undefined || SCHEME_ALONE.test(item)) {
      challenges.push({ scheme: (scheme ?? item).toLowerCase(), params: new Map() });
    }
    const param = first ?? item;
    const equals = param.indexOf('=');
    const current = challenges.at(-1);
    if (equals < 1 || current === undefined) continue;
    const name = param.slice(0, equals).trim().toLowerCase();
    if (!current.params.has(name)) current.params.set(name, unquote(param.slice(equals + 1).trim()));
  }
  return challenges;
}

// The items between commas, of which quoted strings may hold some.
function splitList(field: string): string[] {
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < field.length; at++) {
    const char = field[at];
    if (quoted && char === '\\') at++;
    else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      items.push(field.slice(start, at).trim());
      start = at + 1;
    }
  }
  items.push(field.slice(start).trim());
  return items;
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  const end = value.length > 1 && value.endsWith('"') ? -1 : undefined;
  return value.slice(1, end).replace(/\\(.)/gs, '$1');
}
