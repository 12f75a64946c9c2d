export { firstNonGsm7, fitsGsm7, gsm7Form } from './gsm7';
export type { SegmentCount, SmsEncoding, WantedEncoding } from './segments';
export { chooseEncoding, countSegments } from './segments';
export { expandTemplate, hasParam, PARAM_MARK } from './templates/params';
export { type Oddity, type Piece, parseParams, parseTemplate } from './templates/parse';
export { filled, wireForm } from './templates/wire';
export { utf8Bytes } from './utf8';
