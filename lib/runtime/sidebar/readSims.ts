import type { Gateway, SimUsage } from '../../messaging';
import type { SidebarSim } from '../../sidebar/snapshot';

/** How the SIMs of a gateway stand by their plans; none where it has no plans, or the store can't be read. */
export const readSims = async (gateway: Gateway | undefined): Promise<SidebarSim[]> =>
  ((await gateway?.sims.known().catch(() => [])) ?? []).map(sidebarSim);

/** A SIM as it is shown. */
function sidebarSim({ port, plan, used, resting, balance }: SimUsage): SidebarSim {
  return {
    port,
    plan: plan ?? '',
    used: used.map(({ resets_iso, ...limit }) => ({
      ...limit,
      ...(resets_iso !== null && { resets: Date.parse(resets_iso) }),
    })),
    ...(resting !== null && { resting: Date.parse(resting) }),
    ...(balance !== undefined && { balance }),
  };
}
