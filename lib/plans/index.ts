export { NEVER, periodAt, SLIDING_MS, type Span } from './periods';
export { type Limit, type Plan, planOf, reserveOf } from './plan';
export { problemOf, readPlans } from './readPlans';
