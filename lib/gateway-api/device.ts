import * as v from 'valibot';
import type { CallOptions, Conversation } from './conversation';
import { endpoints } from './endpoints';
import { integer, maybeInteger, text, textOrEmpty } from './fields';
import { checkInput } from './limits';
import { recordReader } from './records';
import type { Reply } from './reply';

/** What `get_status` tells of the device, all of it texts (field notes: later additions). */
export interface GatewayStatus extends Reply {
  performance?: Record<string, unknown>;
}

const sections = v.pipe(
  v.array(v.string('must be a text'), 'must be an array of sections'),
  v.minLength(1, 'must name at least one section'),
);

/** Field notes: later additions. */
export async function getStatus(
  gateway: Conversation,
  wanted: string[] = ['performance'],
  options?: CallOptions,
): Promise<GatewayStatus> {
  const params = checkInput(v.object({ sections }), { sections: wanted }).sections;
  return gateway.ask(endpoints.getStatus, params, (reply) => reply as GatewayStatus, options);
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
