import { setTimeout as pass } from 'node:timers/promises';
import type { NodeRedScene } from './NodeRedScene';
import { Traffic } from './Traffic';

/** What a machine that is busy with other tests may add to what is promised, in ms. */
const SPARE_MS = 10_000;
const TRAFFIC_MS = 2000;

/**
 * Of two machines of a scene the one that talks to the first gateway is killed, or stopped past its lease, in the middle of
 * everything; the other one goes on with its work.
 * @returns what there was, for people
 */
export async function takeOver(
  scene: NodeRedScene,
  one: string,
  other: string,
  how: 'SIGKILL' | 'SIGSTOP',
): Promise<string> {
  const traffic = new Traffic(scene);
  await traffic.begun();
  const victim = (await scene.holders())[0] === other ? other : one;
  const heir = victim === one ? other : one;
  // What comes by push only is pushed to the one that lives, whoever talks to the gateway.
  scene.pushTo(heir);
  const following = ['sms', 'ports', 'cdr', 'ussd'].map((node) => `${node}-gateway0`);
  const isFollowing = (node: string): boolean => scene.statusOf(heir, node) === `follows ${victim}`;
  await scene.until(() => following.every(isFollowing), 10_000, `nodes on ${heir} show that they follow ${victim}`);
  await traffic.pushesArrive();
  traffic.ussdTexts();
  traffic.unregister(1);
  await traffic.goOn([victim, heir], TRAFFIC_MS);
  // What is given to the victim in its last moments it may take to its grave.
  const going = traffic.goOn([victim, heir], 1000).catch(() => undefined);
  await pass(Math.random() * 1000);
  const held = (await scene.holders()).filter((holder) => holder === victim);
  const begun = Date.now();
  const since = (): string => `${((Date.now() - begun) / 1000).toFixed(1)} s`;
  if (how === 'SIGKILL') await scene.kill(victim);
  else scene.signal(victim, 'SIGSTOP');
  const ended = Date.now();
  traffic.unregister(2);
  await traffic.goOn([heir], TRAFFIC_MS);
  const isTaken = async (): Promise<boolean> => (await scene.holders()).every((holder) => holder === heir);
  await scene.until(isTaken, begun + 2 * scene.lease * 1000 + SPARE_MS - Date.now(), `${heir} talks to all gateways`);
  const taken = since();
  await traffic.step([heir]);
  if (how === 'SIGSTOP') scene.signal(victim, 'SIGCONT');
  await going;
  traffic.ussdTexts();
  await traffic.settle(90_000);
  const told = since();
  const { kept, again } = await scene.judgeSms(how === 'SIGKILL' ? [victim] : []);
  const emitted = traffic.judge({ [victim]: ended });
  return (
    `${how}: ${held.length} gateways taken over after ${taken}, all told after ${told}; ${kept} inputs, ${again} of them ` +
    `told again; ${emitted.came} came in, ${emitted.again} of them told again`
  );
}
