const nested = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}1${close.repeat(levels)}`;

/** Of every JSON type, and what is near one. */
export const VALUES: readonly string[] = [
  ...['null', 'true', '0', '-1', '1.5', '1e308', '1e999', '9007199254740993', '2147483648', '007', 'NaN'],
  ...['""', '" "', '"x"', '"0"', '"<NULL>"', '"2099-01-01 00:00:00"', '"\\u0000"', '"\\ud800"', '"constructor"'],
  ...['[]', '[[]]', '[null]', '{}', '{"a":{}}', '{"toString":1}', '{"__proto__":{"polluted":1}}'],
  ...[nested('[', ']', 30), nested('{"a":', '}', 31), nested('[', ']', 40), nested('{"a":', '}', 2000)],
];

export const KEYS = [
  ...['__proto__', 'constructor', 'toString', 'length', 'then', 'sn', 'error_code', 'port', ' port ', 'PORT', ''],
  ...['user_id', 'ref_id', 'number', 'time', 'text', 'incoming_sms_id', 'status', 'sms', 'result', 'error code'],
];
