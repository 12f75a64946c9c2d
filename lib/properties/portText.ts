import { plain } from '../numbers/unseen';

/** The manual's ports are 0 to 31. */
export const PORTS = 32;

const RANGE = /^(\d+)(?:-(\d+))?$/;

/**
 * The ports that a text such as `0,2,5-7` names, ascending; none when it is empty or says `all`, which means each.
 * Undefined when it can't be read.
 */
export function parsePorts(text: string): number[] | undefined {
  const parts = plain(text)
    .replace(/\s+/g, ' ')
    .replace(/ ?- ?/g, '-')
    .split(/[,;\s]+/)
    .filter((part) => part !== '');
  if (parts.some((part) => part.toLowerCase() === 'all')) return [];
  const ports = new Set<number>();
  for (const part of parts) {
    const match = RANGE.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!(first <= last && last < PORTS)) return undefined;
    for (let port = first; port <= last; port++) ports.add(port);
  }
  return [...ports].sort((one, other) => one - other);
}

/** Ports, ascending, as the shortest text: `0,2,5-7`. Two neighbours stay apart by a comma. */
export function formatPorts(ports: readonly number[]): string {
  const isInside = (port: number): boolean => ports.includes(port - 1) && ports.includes(port + 1);
  const ends = ports.filter((port) => !isInside(port));
  return ends.reduce((text, port) => {
    if (text === '') return String(port);
    const continues = ports.includes(port - 1) && !ends.includes(port - 1);
    return `${text}${continues ? '-' : ','}${port}`;
  }, '');
}

/** Bars, 0 to 4, of a signal from 0 to 31. */
export const barsOf = (signal: number): number => (signal <= 0 ? 0 : Math.min(4, 1 + Math.floor(signal / 8)));
