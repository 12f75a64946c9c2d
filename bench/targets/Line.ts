/** A line of the table: what was measured, what it came to, and whether that is what is wanted. */
export interface Line {
  /** The target's number; absent where it is only told for comparison. */
  target?: number;
  what: string;
  figure: string;
  wanted?: string;
  holds?: boolean;
}

/** A number as the table shows it: three digits that count. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return 'not measured';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.max(Math.abs(value), 0.01))));
  return value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(Math.min(digits, 2));
}

/** A line whose figure has an upper or a lower bound. */
export function bounded(
  target: number,
  what: string,
  value: number,
  bound: { atMost?: number; atLeast?: number; unit?: string },
): Line {
  const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY, unit = '' } = bound;
  const [word, limit] = bound.atMost === undefined ? ['at least', atLeast] : ['at most', atMost];
  return {
    target,
    what,
    figure: shown(value) + unit,
    wanted: `${word} ${shown(limit)}${unit}`,
    holds: value <= atMost && value >= atLeast,
  };
}

const verdict = ({ holds }: Line): string => (holds === undefined ? '–' : holds ? 'holds' : '**falls short**');

/** The lines as a Markdown table. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((line) => [`${line.target ?? ''}`, line.what, line.figure, line.wanted ?? '', verdict(line)]);
  const head = ['target', 'what', 'figure', 'wanted', 'verdict'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
