export { fitsGsm7 } from './gsm7';
export { firstForeign, gsm7Form, gsm7Forms } from './gsm7Form';
export type { SegmentCount, SmsEncoding, WantedEncoding } from './segments';
export { chooseEncoding, countSegments } from './segments';
export { countParams, expandTemplate, hasParam, PARAM_MARK } from './templates/params';
export { type Oddity, type Piece, parseParams, parseTemplate } from './templates/parse';
export { filled, wireForm } from './templates/wire';
export { utf8Bytes } from './utf8';
