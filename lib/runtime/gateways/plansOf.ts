import { invalidInput } from '../../gateway-api';
import { BadPlan, type Plan, readPlans } from '../../plans';
import type { Red } from '../red';

/** A gateway node's *SIM plans*. Throws `INVALID_INPUT` that names `plans`, the row and the field. */
export function plansOf({ util }: Pick<Red, 'util'>, saved: unknown, timezone: string): Plan[] {
  try {
    const plans = readPlans(saved, timezone);
    for (const [place, plan] of plans.entries()) checkExpression(util, plan, place + 1);
    return plans;
  } catch (error) {
    throw error instanceof BadPlan ? invalidInput('plans', error.message) : error;
  }
}

/** Only Node-RED can say whether an expression can be read: one that never could would make every balance unreadable. */
function checkExpression(util: Red['util'], { balance }: Plan, row: number): void {
  if (balance?.readType !== 'jsonata') return;
  try {
    util.prepareJSONataExpression(balance.read);
  } catch (error) {
    const why = `row ${row}, balance.read must be a JSONata expression: ${(error as Error).message}`;
    throw invalidInput('plans', why);
  }
}
