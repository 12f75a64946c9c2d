/** Where the manual misprints, contradicts itself or leaves a gap. */
export interface Erratum {
  section: string;
  printed: string;
  readAs: string;
  why: string;
}

/** Every one, in the manual's order. This is the only list: comments elsewhere just name the section. */
export const errata = {
  plus: {
    section: '2.2',
    printed: 'number is a digit string, but 6.4 prints +8613800123456',
    readAs: 'digits, after a leading + where wanted',
    why: 'it is how numbers are written internationally',
  },
  outsideFilter: {
    section: '3.4, 4.4',
    printed: 'a request for 12341234 on ports 1 to 3, answered by a record of 12351 on port 0',
    readAs: 'the records as they come',
    why: 'what is really ours is decided by user_id and number, where both are known',
  },
  noUserId: {
    section: '3.4, 16',
    printed: 'sms_result records without user_id, which 3.3 lists',
    readAs: 'a record without user_id',
    why: 'an SMS may have been sent by hand, and firmware loses it',
  },
  trailingComma: {
    section: '4.4, 6.4',
    printed: '},]',
    readAs: '}]',
    why: 'JSON has no trailing commas',
  },
  queueAddress: {
    section: '5.4',
    printed: 'http://gateway_ip/api/query_incoming_sms',
    readAs: 'http://gateway_ip/api/query_sms_in_queue',
    why: '5.1 says so; the printed one is the address of 6',
  },
  firstId: {
    section: '6.2',
    printed: 'incoming_sms_id is greater than 0, and 0 by default',
    readAs: '0 may be given',
    why: 'the ids are greater than 0; asking for those above 0 asks for all',
  },
  listInQuery: {
    section: '6.2, 8.2, 10.2',
    printed: 'Array, for parameters of a GET',
    readAs: 'one parameter, its entries parted by commas',
    why: 'the examples of 8.4 and 10.4 do so',
  },
  smsc: {
    section: '6.3, 6.4, 10.4, 16',
    printed: "smc, sms_c, smcsc and smsc for the message centre's number",
    readAs: 'smsc',
    why: 'it is one thing, and smsc is its usual name',
  },
  ussdText: {
    section: '7.2',
    printed: 'text is "the content of SMS message to be sent"',
    readAs: 'the USSD text, of 60 bytes at most',
    why: 'the section is about USSD, and an SMS may have 1500 bytes (2.3)',
  },
  requiredText: {
    section: '7.2',
    printed: 'text is required, and may be empty to cancel',
    readAs: 'an empty text is sent along',
    why: 'a required parameter is there even when it is empty',
  },
  capitals: {
    section: '7.3',
    printed: 'Port and Status',
    readAs: 'port and status',
    why: 'the example of 7.4 spells them small',
  },
  requestId: {
    section: '7.3',
    printed: 'no request_id, which the example of 7.4 answers',
    readAs: 'request_id, where it is there',
    why: 'examples are taken from devices',
  },
  otherPorts: {
    section: '7.4',
    printed: 'a request for ports 1 to 3, answered for ports 0 to 2',
    readAs: 'each status belongs to the port that it names',
    why: 'the order of an answer is promised nowhere',
  },
  errorCodeBlank: {
    section: '8.4',
    printed: '"error code"',
    readAs: 'error_code',
    why: '8.3 says so',
  },
  taskId: {
    section: '9.2',
    printed: 'task-id in the response of the SMS sending request',
    readAs: 'task_id',
    why: '2.3 and 2.4 say so',
  },
  leadingBlanks: {
    section: '10.4',
    printed: '" type", " smsc" and " iccid"',
    readAs: 'type, smsc and iccid',
    why: '10.3 says so',
  },
  infoTypeSmsc: {
    section: '10.4',
    printed: 'info_type smcsc, which 10.2 does not list',
    readAs: 'an info_type like any other, sent as it is given',
    why: 'later firmware knows more of them than the manual does',
  },
  missingSlot: {
    section: '10.4',
    printed: 'slot is asked for and not answered',
    readAs: 'no slot, rather than slot 0',
    why: 'slot 0 is a real slot',
  },
  setPortMethod: {
    section: '11.1',
    printed: 'POST',
    readAs: 'GET',
    why: 'the example of 11.4 is a GET with a query, and devices were seen to take that',
  },
  resetParam: {
    section: '11.2',
    printed: 'param is required, but has no value for reset',
    readAs: 'an empty param',
    why: 'it is there, and says nothing',
  },
  itemArray: {
    section: '13.3',
    printed: 'item is an Object',
    readAs: 'an array, also of a single item',
    why: 'the example of 13.4 is an array',
  },
  missingItem: {
    section: '13.3',
    printed: 'item only when input_type is 1 or 2',
    readAs: 'an empty array otherwise',
    why: 'a list without entries is empty',
  },
  inputType: {
    section: '13.4',
    printed: '"input_type":"2"',
    readAs: '2',
    why: '13.3 says Integer',
  },
  missingText: {
    section: '13.4',
    printed: 'no text, which 13.3 lists',
    readAs: 'an empty text',
    why: 'a menu needs no prompt',
  },
  noErrorCode: {
    section: '13.4, 15.4',
    printed: 'answers without error_code',
    readAs: 'error_code 200',
    why: '13.3 and 15.3 document none',
  },
  candle: {
    section: '14.2, 14.3',
    printed: 'candle',
    readAs: 'cancel, sent in the spelling that the gateway knows',
    why: 'newer firmware takes cancle (field notes)',
  },
  twoTypes: {
    section: '14.3',
    printed: '-H "Content-Type: application/json" twice',
    readAs: 'once',
    why: 'a request has one content type',
  },
  noAnswer: {
    section: '14',
    printed: 'no response at all',
    readAs: 'an empty body will do, and so will an error_code',
    why: 'something must be answered',
  },
  missedCall: {
    section: '16',
    printed: 'missed_call is an object, all other events are arrays',
    readAs: 'either, for every event',
    why: 'firmware may change its mind',
  },
} as const satisfies Record<string, Erratum>;
