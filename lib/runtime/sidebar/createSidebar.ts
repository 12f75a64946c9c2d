import { randomUUID } from 'node:crypto';
import type { Gateways } from '../../messaging';
import { SIDEBAR_TOPIC } from '../../sidebar/snapshot';
import type { Store } from '../../store';
import { nameOf, type Red } from '../red';
import { Sidebar, type SidebarOptions } from './Sidebar';

interface SidebarParts extends Pick<SidebarOptions, 'clock' | 'nodes' | 'getConditions'> {
  getGateways: () => Gateways | undefined;
  getStore: () => Store | undefined;
  /** Whose editor shows it. */
  getRed: () => Red | undefined;
}

/** Makes what the sidebar of a Node-RED is told by. */
export function createSidebar({ getGateways, getStore, getRed, ...parts }: SidebarParts): Sidebar {
  return new Sidebar({
    ...parts,
    createTicket: randomUUID,
    getGateway: (id) => getGateways()?.of(id),
    getWaitingCounts: async (...query) => (await getStore()?.waitingCounts(...query)) ?? [],
    getHeldCounts: async (...query) => (await getStore()?.heldCounts(...query)) ?? [],
    getJobs: async (...query) => (await getGateways()?.jobs.seen(...query)) ?? { jobs: [], more: 0 },
    onSnapshot: (session, data) =>
      getRed()?.events.emit('comms', { topic: SIDEBAR_TOPIC, data, retain: false, session }),
  });
}

/** What an editor asks over its own connection is the sidebar's. */
export function hearEditor(red: Red, sidebar: Pick<Sidebar, 'show'>): void {
  red.events.on(`comms:message:${SIDEBAR_TOPIC}`, ({ session, data, user }) => {
    if (typeof data === 'string') sidebar.show(data, session, nameOf(user));
  });
}
