import { readdirSync, readFileSync } from 'node:fs';

/** The system's own measure (sysconf(_SC_CLK_TCK)), on every Linux that Node runs on. */
const TICK_MS = 10;

/** A process's own CPU, and that of its children that have ended, in ms; 0 = it has gone. */
export function cpuOf(pid: number): number {
  const [user, system, childUser, childSystem] = fieldsOf(pid).slice(11, 15).map(Number);
  return ((user ?? 0) + (system ?? 0) + (childUser ?? 0) + (childSystem ?? 0)) * TICK_MS;
}

/** The CPU of a process with its children, in ms. */
export function familyCpuOf(pid: number): number {
  const children = readdirSync('/proc')
    .map(Number)
    .filter((one) => one > 0 && Number(fieldsOf(one)[1]) === pid);
  return [pid, ...children].reduce((sum, one) => sum + cpuOf(one), 0);
}

/** What `/proc/<pid>/stat` says behind the name, which may hold anything. */
function fieldsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return [];
  }
}
