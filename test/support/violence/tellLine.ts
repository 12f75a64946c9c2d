import { writeSync } from 'node:fs';

/** Tells a line to whoever started this process, whole: a pipe takes of a long one only as much as there is room. */
export function tellLine(...words: (string | number)[]): void {
  for (let rest = Buffer.from(`${words.join(' ')}\n`); rest.length > 0; ) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}
