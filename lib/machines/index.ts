export { Letters } from './Letters';
export { Machine } from './Machine';
export type { Group } from './spread';
export { Tenure } from './Tenure';
