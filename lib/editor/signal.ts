/** Bars, 0 to 4, of a signal from 0 to 31. */
export const barsOf = (signal: number): number => (signal <= 0 ? 0 : Math.min(4, 1 + Math.floor(signal / 8)));
