import {
  readCdr,
  readDeliveryStatus,
  readDeviceEvent,
  readExceptionInfo,
  readIncomingSms,
  readMissedCall,
  readRegisterEvent,
  readSmsResult,
  readUssdReply,
} from '../gateway-api';

/** What reads a record of each kind of push, by the key that it comes under (manual 16; field notes: later additions). */
export const RECORD_READERS = {
  sms: readIncomingSms,
  sms_result: readSmsResult,
  sms_deliver_status: readDeliveryStatus,
  ussd: readUssdReply,
  register: readRegisterEvent,
  missed_call: readMissedCall,
  cdr: readCdr,
  device: readDeviceEvent,
  exception_info: readExceptionInfo,
} as const;
