/** A number that the environment may set, for doses of violence. */
export const fromEnvironment = (name: string, byDefault: number): number => Number(process.env[name] ?? byDefault);

/** Says what a long test is allowed to take; answers that in ms. */
export function budget(what: string, minutes: number): number {
  console.log(`      ${what}; time budget ${minutes} min`);
  return minutes * 60_000;
}
