import should from 'should';
import type { NodeRedScene, Seen } from '../support/machines/NodeRedScene';
import { Traffic } from '../support/machines/Traffic';

const STOPPED_AT = 1000;

/** A port's change left both machines; hall is listened to first. */
function judged(atHall: number, atOffice: number): { came: number; again: number } {
  const change = { kind: 'port', what: 'g0/port/1', more: 'reg' };
  const seen: Seen[] = [
    { ...change, machine: 'hall', at: atHall },
    { ...change, machine: 'office', at: atOffice },
  ];
  const saw = (kind: string): Seen[] => seen.filter((one) => one.kind === kind);
  const scene = { simulators: [], saw } as unknown as NodeRedScene;
  return new Traffic(scene).judge({ office: STOPPED_AT });
}

describe('what left two Node-REDs, of which one was stopped', () => {
  it('may leave the other one again afterwards, whichever of them is listened to first', () => {
    should(judged(STOPPED_AT + 9000, STOPPED_AT - 1)).eql({ came: 0, again: 1 });
  });

  it('may not leave the stopped one again when it goes on', () => {
    should(() => judged(STOPPED_AT - 1, STOPPED_AT + 9000)).throw(/emitted twice/);
    should(() => judged(STOPPED_AT + 9000, STOPPED_AT + 20_000)).throw(/emitted twice/);
  });
});
