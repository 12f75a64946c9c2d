export { firstNonGsm7, fitsGsm7, gsm7Form } from './gsm7';
export type { SegmentCount, SmsEncoding, WantedEncoding } from './segments';
export { chooseEncoding, countSegments } from './segments';
export { countParams, expandTemplate, hasParam, PARAM_MARK } from './template';
export { utf8Bytes } from './utf8';
