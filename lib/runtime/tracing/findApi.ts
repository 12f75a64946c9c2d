import { createRequire } from 'node:module';
import path from 'node:path';
import type * as OpenTelemetry from '@opentelemetry/api';

type Api = typeof OpenTelemetry;

const NAME = '@opentelemetry/api';

/**
 * Finds OpenTelemetry's API where somebody has installed it: beside this package, in Node-RED's user directory, or with what
 * started the process. Undefined where nobody has; it is no dependency of ours.
 */
export function findApi(userDir: string | undefined): Api | undefined {
  const places = [__filename, ...(userDir ? [path.join(userDir, 'package.json')] : []), process.argv[1] ?? ''];
  for (const place of places) {
    try {
      return createRequire(path.resolve(place))(NAME) as Api;
    } catch {
      // Not from there.
    }
  }
  return undefined;
}
