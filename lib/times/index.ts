export {
  doubledHour,
  instantOfText,
  instantOfWall,
  instantsOf,
  isoTime,
  vendorTime,
  wallOfInstant,
} from './instants';
export { isVendorTime } from './writing';
export { isTimezone } from './zone';
