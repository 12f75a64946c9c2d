export { type Facts, readFacts } from './facts';
export { Machine, type MachineOptions } from './Machine';
export type { Group } from './spread';
