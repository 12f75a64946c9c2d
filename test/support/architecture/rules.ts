import type { Import } from './sources';

/** A part of the shared runtime: what it may import, as `architecture.md` draws the arrows. */
interface Part {
  /** The parts it may import from; the way down is open through several floors. */
  parts: readonly string[];
  /** Packages it may import at run time. */
  packages?: readonly string[];
  /** Runs in the browser, too: no `node:` modules. */
  browser?: boolean;
}

const CORE = [
  'lib/messaging',
  'lib/gateway-api',
  'lib/store',
  'lib/machines',
  'lib/sms-text',
  'lib/times',
  'lib/plans',
  'lib/numbers',
  'lib/clock',
  'lib/concurrency',
  'lib/bounded',
  'lib/properties',
  'lib/secrets',
];
const RUNTIME = ['lib/runtime', 'lib/push', 'simulator', 'lib/sidebar', 'lib/admin', ...CORE];
const IN_BROWSER = [
  'lib/editor',
  'lib/sidebar',
  'lib/admin',
  'lib/sms-text',
  'lib/times',
  'lib/plans',
  'lib/numbers',
  'lib/properties',
];

const PARTS: Record<string, Part> = {
  config: { parts: ['lib/properties'], browser: true },
  'node editor': { parts: IN_BROWSER, browser: true },
  node: { parts: RUNTIME },
  plugin: { parts: RUNTIME },
  'plugin editor': { parts: IN_BROWSER, browser: true },
  'lib/runtime': {
    parts: ['lib/push', 'simulator', 'lib/sidebar', 'lib/admin', ...CORE],
    packages: ['prom-client'],
  },
  'lib/editor': {
    parts: ['lib/sms-text', 'lib/times', 'lib/plans', 'lib/numbers', 'lib/sidebar', 'lib/admin', 'lib/properties'],
    browser: true,
  },
  'lib/plans': { parts: ['lib/times', 'lib/properties'], browser: true },
  'lib/sidebar': { parts: [], browser: true },
  'lib/admin': { parts: [], browser: true },
  'lib/properties': { parts: ['lib/numbers'], browser: true },
  'lib/push': { parts: ['lib/gateway-api', 'lib/clock'] },
  'lib/messaging': { parts: CORE },
  'lib/gateway-api': {
    parts: ['lib/sms-text', 'lib/times', 'lib/clock', 'lib/concurrency', 'lib/secrets'],
    packages: ['axios', 'valibot'],
  },
  'lib/command': { parts: ['simulator', 'lib/store', 'lib/clock'] },
  'lib/store': {
    parts: ['lib/bounded', 'lib/clock', 'lib/concurrency', 'lib/numbers'],
    packages: ['pg', 'libsql'],
  },
  'lib/machines': { parts: ['lib/store', 'lib/clock', 'lib/concurrency', 'lib/bounded'] },
  'lib/sms-text': { parts: [], browser: true },
  'lib/numbers': { parts: [], packages: ['libphonenumber-js/min'], browser: true },
  'lib/times': { parts: ['lib/bounded'], browser: true },
  'lib/bounded': { parts: [], browser: true },
  'lib/clock': { parts: [] },
  'lib/secrets': { parts: [] },
  'lib/concurrency': { parts: ['lib/clock'] },
  simulator: { parts: [] },
};

/** The part of the shared runtime a file belongs to; undefined when it lies where nothing may lie. */
export function partOf(file: string): string | undefined {
  const [top, second = '', third = ''] = file.split('/');
  if ((top === 'nodes' || top === 'plugins') && /^config(\.ts)?$/.test(third)) return 'config';
  if (top === 'nodes') {
    return /^editor(\.ts)?$/.test(third) ? 'node editor' : 'node';
  }
  if (top === 'plugins') return /^editor(\.ts)?$/.test(third) ? 'plugin editor' : 'plugin';
  if (top === 'simulator') return 'simulator';
  const part = `${top}/${second.replace(/\.ts$/, '')}`;
  return part in PARTS ? part : undefined;
}

/** The rule an import breaks, in words; undefined when it breaks none. */
export function brokenRule(found: Import): string | undefined {
  const part = partOf(found.file);
  const rule = part === undefined ? undefined : PARTS[part];
  if (!part || !rule) return 'the file belongs to no part of the sources';
  return found.target === undefined ? packageRule(found, part, rule) : arrowRule(found, found.target, part, rule);
}

function packageRule({ specifier, typeOnly }: Import, part: string, rule: Part): string | undefined {
  if (/^(node-red|@node-red)/.test(specifier)) return 'Node-RED is handed in as RED, never imported';
  if (specifier.startsWith('node:')) {
    return rule.browser && !typeOnly ? `${part} runs in the browser, where there are no node: modules` : undefined;
  }
  if (typeOnly || rule.packages?.includes(specifier)) return undefined;
  return `${part} may import ${rule.packages?.join(', ') ?? 'no packages'}`;
}

function arrowRule({ file, typeOnly }: Import, target: string, part: string, rule: Part): string | undefined {
  const to = partOf(target);
  if (to === undefined) return 'it points to no part of the sources';
  const inSameFolder = folderOf(file) === folderOf(target);
  if (to === 'config' && inSameFolder) return undefined;
  if (target.startsWith('nodes/')) {
    if (part === 'node editor') return 'editor.ts shares only config.ts with the runtime';
    if (inSameFolder || (part === 'node' && typeOnly)) return undefined;
    return "no node imports another node's values";
  }
  if (to === part && (to !== 'plugin' || inSameFolder)) return roomRule(file, target);
  if (to === 'lib/messaging' && target !== to) return 'lib/messaging is entered by its index.ts';
  if (rule.parts.includes(to)) return undefined;
  return `${part} may import ${rule.parts.length > 0 ? rule.parts.join(', ') : 'nothing of ours'}`;
}

const SMS = 'lib/messaging/sms/';
/** Rooms that stand side by side, each on the ledger: what one does the others learn by what happens to an SMS. */
const SIDE_BY_SIDE = ['sender', 'tracker', 'reconcile', 'stopping', 'outcome'];
/** What they stand on, from the bottom up. */
const FLOORS = ['ledger', 'evidence', 'correlation', 'collecting', 'holding'];

/** The rooms of the simulated gateway, and what each may import: downward only, and what controls it from beside. */
const SIMULATOR: Record<string, readonly string[]> = {
  control: ['http', 'device', 'network'],
  http: ['endpoints', 'device'],
  endpoints: ['device', 'network'],
  device: ['network'],
  network: [],
};

function simulatorRule(file: string, target: string): string | undefined {
  const [from = '', to = ''] = [file, target].map((path) => path.split('/')[1]);
  const below = SIMULATOR[from];
  if (below === undefined || from === to || below.includes(to)) return undefined;
  return `simulator/${from} may import ${below.length > 0 ? below.join(', ') : 'no other room'}`;
}

function roomRule(file: string, target: string): string | undefined {
  if (file.startsWith('simulator/')) return simulatorRule(file, target);
  if (!file.startsWith(SMS) || !target.startsWith(SMS)) return undefined;
  const [from = '', to = ''] = [file, target].map((path) => path.slice(SMS.length).split('/')[0]);
  if (from === to || !SIDE_BY_SIDE.includes(to)) {
    const isClimb = FLOORS.includes(from) && FLOORS.indexOf(to) > FLOORS.indexOf(from);
    return isClimb ? `${from} lies below ${to}` : undefined;
  }
  if (SIDE_BY_SIDE.includes(from)) return `${from} and ${to} don't know each other; they share the ledger`;
  return FLOORS.includes(from) ? `${from} lies below ${to}` : undefined;
}

// nodes/<name> and plugins/<name> are parts of their own.
const folderOf = (file: string): string => file.split('/').slice(0, 2).join('/');
