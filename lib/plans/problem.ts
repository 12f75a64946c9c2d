/** What can be wrong with a field of a plan: the words of the editor's catalogue, and what they say in English. */
const TEXTS = {
  list: 'must be a list of rows',
  row: 'must be a row with fields',
  unknown: 'is no field of a plan',
  missing: 'is missing',
  text: 'must be a text',
  twice: 'is the name of another row, too',
  ports: 'must be port numbers from 0 to 31, such as "0,2,5-7"',
  digits: 'must be digits',
  operator: 'must be the MCC and MNC of an operator, such as 262-01',
  choice: 'must be one of',
  whole: 'must be a whole number',
  number: 'must be a number',
  order: 'must not be less than the least',
  time: 'must be a time such as 06:30',
  zone: 'must be a time zone such as Europe/Vienna',
  cardSliding: 'must be calendar: what counts as long as the card lives is never reset by itself',
  code: 'must be USSD codes such as *100#, or firmware',
  pattern: 'must be a regular expression with one group, around the number',
  slots: 'must be two slots or more, from 0 to 3, each once',
  noSlots: 'needs slots among which it rotates',
  noDayLimit: 'needs a limit of SMS a day up to which it grows',
} as const;

export type ProblemKind = keyof typeof TEXTS;

/** What is wrong with a plan. */
export interface PlanProblem {
  kind: ProblemKind;
  /** The row, counted from 1; 0 = the list itself. */
  row: number;
  /** Where in the row, such as `limits[1].max`; empty = the row itself. */
  field: string;
  /** The words to choose from. */
  allowed?: string;
  /** The bounds of a number. */
  least?: number;
  most?: number;
}

/** Thrown by what reads plans. */
export class BadPlan extends Error {
  constructor(readonly problem: PlanProblem) {
    super(describeProblem(problem));
  }
}

/** The problem in English, beginning with `row 2, limits[1].max`. */
function describeProblem({ kind, row, field, allowed, least, most }: PlanProblem): string {
  const rest = most === undefined ? allowed : `from ${least} to ${most}`;
  const where = [row > 0 ? `row ${row}` : '', field].filter((part) => part !== '').join(', ');
  return `${where}${where ? ' ' : ''}${TEXTS[kind]}${rest === undefined ? '' : ` ${rest}`}`;
}
