import type { ChildProcess } from 'node:child_process';

/** Tells whether a program is over, by itself or by a signal, after which it has no exit code. */
export const hasEnded = ({ exitCode, signalCode }: Pick<ChildProcess, 'exitCode' | 'signalCode'>): boolean =>
  exitCode !== null || signalCode !== null;
