export { comparableAddress } from './address';
export type { AllowList } from './allowList';
export { allows, parseAllowList, sourceAddress } from './allowList';
export type { PushEvent } from './events';
export { identifyGateway } from './identifyGateway';
export { openPush } from './openPush';
export { PushError } from './PushError';
export { readEvents, readPush } from './readPush';
