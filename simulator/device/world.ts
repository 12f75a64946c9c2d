import { Operator } from '../network/operator/Operator';
import { type Pace, paceOf, type Speed } from '../network/pace';
import { type DeviceTime, deviceTimeIn } from './deviceTime';
import type { PushEvent } from './Pusher';
import type { Settings } from './settings';
import { Timers } from './Timers';

/** What every part of the gateway works with: its settings, its clock and its ways to act later and to tell. */
export interface World {
  readonly settings: Settings;
  readonly pace: Pace;
  /** Somebody may set it. What is under way takes the time it began with. */
  speed: Speed;
  /** Milliseconds that the two clocks are ahead: the device's, and the network's. Somebody may set them. */
  readonly ahead: { device: number; network: number };
  /** A moment as the device prints it by its own clock. */
  readonly print: DeviceTime;
  /** A moment as the network tells it. */
  readonly printNetwork: DeviceTime;
  /** What the device itself does later; a reboot ends these. */
  readonly timers: Timers;
  /** What the mobile network does later; it doesn't notice a reboot. */
  readonly air: Timers;
  /** Whose network the cards are in. */
  readonly operator: Operator;
  /** Whether the device is up, not rebooting. */
  running: boolean;
  /** Pushes an event, if pushing is on (manual 16). */
  push(event: PushEvent): void;
}

export function createWorld(settings: Settings, push: (event: PushEvent) => void): World {
  const print = deviceTimeIn(settings.timezone);
  const ahead = { device: settings.deviceAhead * 1000, network: settings.networkAhead * 1000 };
  const operator = new Operator(() => settings.now() + ahead.network);
  operator.setTerms(settings.operator);
  const world: World = {
    settings,
    ahead,
    operator,
    speed: settings.speed,
    pace: paceOf(() => world.speed, settings.random, settings.paces),
    print: (at) => print(at + ahead.device),
    printNetwork: (at) => print(at + ahead.network),
    timers: new Timers(settings.schedule),
    air: new Timers(settings.schedule),
    running: true,
    push,
  };
  return world;
}
