import type { ApiSession, CallOptions } from './ApiSession';
import { endpoints } from './endpoints';
import { integer, maybeInteger, maybeText, text, textOrEmpty } from './fields';
import { mendKeys } from './keys';
import { checkInput } from './limits';
import { isRecord, recordReader } from './records';
import type { Reply } from './reply';
import * as v from './schemas';
import { DEVICE_STATUS } from './words';

/** How busy the device is, in texts (field notes: later additions). */
export interface DevicePerformance {
  cpu_used?: string;
  flash_total?: string;
  flash_used?: string;
  memory_total?: string;
  memory_cached?: string;
  memory_buffers?: string;
  memory_free?: string;
  memory_used?: string;
  [key: string]: unknown;
}

/** What `get_status` tells of the device: the sections asked for. */
export interface GatewayStatus extends Reply {
  performance?: DevicePerformance;
}

const readPerformance = recordReader<DevicePerformance>(
  "the device's performance",
  v.looseObject({
    cpu_used: maybeText,
    flash_total: maybeText,
    flash_used: maybeText,
    memory_total: maybeText,
    memory_cached: maybeText,
    memory_buffers: maybeText,
    memory_free: maybeText,
    memory_used: maybeText,
  }),
);

function readStatus(reply: Reply): GatewayStatus {
  const { performance, ...rest } = mendKeys(reply, ['error_code', 'sn', 'performance']) as Reply;
  return isRecord(performance) ? { ...rest, performance: readPerformance(performance) } : rest;
}

const sections = v.pipe(
  v.array(v.string('must be a text'), 'must be an array of sections'),
  v.minLength(1, 'must name at least one section'),
);

/** Field notes: later additions. */
export async function getStatus(
  gateway: ApiSession,
  wanted: string[] = ['performance'],
  options?: CallOptions,
): Promise<GatewayStatus> {
  const params = checkInput(v.object({ sections }), { sections: wanted }).sections;
  return gateway.ask(endpoints.getStatus, params, readStatus, options);
}

/** A gateway that was switched on or off (field notes). */
export interface DeviceEvent {
  port_number?: number;
  IP: string;
  MAC: string;
  /** power_on or power_off. */
  status: string;
  [key: string]: unknown;
}

/** Reads the record of a `device` push. Throws `BAD_REPLY` without a status. */
export const readDeviceEvent = recordReader<DeviceEvent>(
  'a device event',
  v.looseObject({ port_number: maybeInteger, IP: textOrEmpty, MAC: textOrEmpty, status: text }),
  { words: [DEVICE_STATUS] },
);

/** A port on which something went wrong, and what the gateway did about it (field notes). */
export interface ExceptionInfo {
  port: number;
  type: string;
  action: string;
  [key: string]: unknown;
}

/** Reads the record of an `exception_info` push. Throws `BAD_REPLY` without a port. */
export const readExceptionInfo = recordReader<ExceptionInfo>(
  'an exception',
  v.looseObject({ port: integer, type: textOrEmpty, action: textOrEmpty }),
);
