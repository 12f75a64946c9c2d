// npm run bench: each target of speed, measured in one run beside what else there is for it.
//   npm run bench [part …] [--rounds N]
import { bursts } from './burst';
import { type Line, table } from './Line';

const PARTS: Record<string, (rounds: number) => Promise<Line[]>> = {
  burst4: (rounds) => bursts(4, rounds),
  burst5: (rounds) => bursts(5, rounds),
};

async function main(): Promise<void> {
  const given = process.argv.slice(2);
  const rounds = Number(process.env.ROUNDS ?? 5);
  const lines: Line[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (given.length > 0 && !given.includes(name)) continue;
    const begun = Date.now();
    lines.push(...(await part(rounds)));
    console.error(`${name}: ${Math.round((Date.now() - begun) / 1000)} s`);
  }
  console.log(table(lines));
}

void main();
