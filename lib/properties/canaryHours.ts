/** Hours between two test SMS of a gateway: the fewest, and the most. */
const FEWEST = 0.25;
const MOST = 720;

/** Whether a value can be the hours between two test SMS; 0 and nothing are none. */
export function isCanaryHours(value: unknown): boolean {
  const text = String(value ?? '').trim();
  const hours = Number(text);
  return text === '' || hours === 0 || (hours >= FEWEST && hours <= MOST);
}
