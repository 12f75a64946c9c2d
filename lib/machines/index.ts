export { type Facts, readFacts } from './facts';
export { Letters } from './Letters';
export { Machine } from './Machine';
export type { Group } from './spread';
export { Tenure } from './Tenure';
