export { doubledHour, instantOfText, instantsOf, isoTime, vendorTime } from './instants';
export { isVendorTime } from './writing';
export { isTimezone } from './zone';
