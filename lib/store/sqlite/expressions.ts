// What SMS are found by that is no column of their table: indices are on these very expressions.

/** The last digits of a number, as `tailOf` makes them. */
export const TAIL = `substr(ltrim(number, '+0'), -7)`;
export const ON_AIR = `(stage = 'gateway' OR stage = 'sent')`;
export const PORT = `json_extract(state, '$.port')`;
export const REFERENCE = `json_extract(state, '$.ref_id')`;
export const CHOSEN_PORT = `json_extract(state, '$.sim.port')`;
export const COUNT_OF = `json_extract(state, '$.count')`;
