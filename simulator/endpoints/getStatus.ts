import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';
import { malformed } from './Refusal';
import type { Reply, Route } from './route';

/** The device's own state, a later addition (field notes): body `["performance"]`, no error_code, all strings. */
export const getStatus: Route = { path: '/api/get_status', methods: ['POST'], answer };

function answer(gateway: Gateway, params: Params): Reply {
  const asked = params.raw('body');
  if (!Array.isArray(asked)) throw malformed('the body is no array');
  return asked.includes('performance') ? { performance: performance(gateway) } : {};
}

function performance({ world, sms }: Gateway): Record<string, string> {
  const busy = Math.min(95, 5 + sms.queue.waiting / 10 + world.settings.random() * 5);
  return {
    cpu_used: busy.toFixed(0),
    flash_total: '16384',
    flash_used: '9216',
    memory_total: '126976',
    memory_cached: '20480',
    memory_buffers: '2048',
    memory_free: '61440',
    memory_used: '65536',
  };
}
