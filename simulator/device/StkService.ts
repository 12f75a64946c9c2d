import { desktop, type StkScreen } from '../network/stkMenu';
import type { World } from './world';

interface View {
  frame_id: number;
  /** The way from the desktop to the screen shown. */
  readonly way: StkScreen[];
}

/** The SIM toolkits, one on each port. */
export class StkService {
  private readonly views = new Map<number, View>();

  constructor(private readonly world: World) {}

  /** Number of the screen shown; it changes when the SIM shows another one. */
  frameOf(port: number): number {
    return this.viewOf(port).frame_id;
  }

  screenOf(port: number): StkScreen {
    return this.viewOf(port).way.at(-1) ?? desktop;
  }

  /** The SIM takes a moment, then shows another screen: `next` on top, 'back' or 'home'. */
  show(port: number, next: StkScreen | 'back' | 'home'): void {
    this.world.timers.after(this.world.pace('stk'), () => {
      const view = this.viewOf(port);
      if (next === 'home') view.way.length = 0;
      else if (next === 'back') view.way.pop();
      else view.way.push(next);
      view.frame_id += 1;
    });
  }

  forget(): void {
    this.views.clear();
  }

  private viewOf(port: number): View {
    const known = this.views.get(port);
    if (known) return known;
    const fresh: View = { frame_id: 1, way: [] };
    this.views.set(port, fresh);
    return fresh;
  }
}
