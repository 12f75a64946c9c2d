import type { Gateway } from '../device/Gateway';
import type { Params } from './Params';

/** The JSON object an endpoint answers; its error_code, if any, is the outcome. */
export type Reply = Record<string, unknown>;

/** One endpoint of the manual. */
export interface Route {
  readonly path: string;
  readonly methods: readonly ('GET' | 'POST')[];
  /** @throws Refusal, answered as its error_code */
  readonly answer: (gateway: Gateway, params: Params) => Reply;
}
