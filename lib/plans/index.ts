export { NEVER, periodAt, SLIDING_MS, type Span } from './periods';
export {
  type BalancePlan,
  COUNTS,
  isPlanOpen,
  type Limit,
  PERIODS,
  type Plan,
  planOf,
  reserveOf,
  type Sim,
  withoutFiller,
} from './plan';
export { BadPlan, type PlanProblem } from './problem';
export { problemOf, readPlans } from './readPlans';
