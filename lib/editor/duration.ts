const MINUTE_S = 60;

/** A number of seconds as a person says it: `12 s`, `3 min`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  if (whole < 2 * MINUTE_S) return `${whole} s`;
  const minutes = Math.round(whole / MINUTE_S);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
