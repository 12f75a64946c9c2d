export { openingFrom } from './hours/opening';
export { type Hours, type HoursProblem, isZoneWord, RECIPIENT, readHours } from './hours/rows';
export {
  doubledHour,
  instantOfText,
  instantOfWall,
  instantsOf,
  isoTime,
  vendorTime,
  wallOfInstant,
} from './instants';
export { isMilliseconds, readSendTime, type SendTime } from './sendTime';
export { isVendorTime } from './writing';
export { isTimezone } from './zone';
