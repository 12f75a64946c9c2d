import { invalidInput } from '../../gateway-api';
import { BadPlan, type Plan, readPlans } from '../../plans';

/** A gateway node's *SIM plans*. Throws `INVALID_INPUT` that names `plans`, the row and the field. */
export function plansOf(saved: unknown, timezone: string): Plan[] {
  try {
    return readPlans(saved, timezone);
  } catch (error) {
    throw error instanceof BadPlan ? invalidInput('plans', error.message) : error;
  }
}
