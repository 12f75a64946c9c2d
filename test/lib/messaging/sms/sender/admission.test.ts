import fc from 'fast-check';
import should from 'should';
import { Admission, admitted, countPortSets } from '../../../../../lib/messaging/sms/sender/Admission';
import { storedSms } from '../../given';

const NONE = new Map<string, number>();

describe('sender: how many SMS may lie in the gateway', () => {
  it('is the limit for each port that is ready', () => {
    const admission = new Admission(2);
    admission.readyPorts = new Set([0, 1, 5]);
    should(admission.room('all', NONE)).equal(6);
    should(admission.room('all', new Map([['all', 4]]))).equal(2);
    should(admission.room('all', new Map([['all', 9]]))).equal(0);
    should(admission.room('0,5,7', NONE)).equal(4);
    should(admission.room('7', NONE)).equal(0);
  });

  it('is counted for each set of ports by itself: a stuck port holds nobody else up', () => {
    const admission = new Admission(2);
    admission.readyPorts = new Set([0, 3]);
    const stuck = new Map([['3', 50]]);
    should(admission.room('3', stuck)).equal(0);
    should(admission.room('0', stuck)).equal(2);
    should(admission.room('0,3', stuck)).equal(4);
    should([...admission.closed(['3', '0', 'all'], stuck)]).deepEqual(['3']);
  });

  it('counts every port as ready while nothing is known of them', () => {
    const admission = new Admission(2);
    should(admission.room('all', NONE)).equal(64);
    should(admission.room('0,31', NONE)).equal(4);
  });

  it('is nothing while no port is registered', () => {
    const admission = new Admission(2);
    admission.readyPorts = new Set();
    should([...admission.closed(['all', '0'], NONE)]).deepEqual(['all', '0']);
  });

  it('has no end with a limit of 0, whatever the gateway says', () => {
    const admission = new Admission(0);
    admission.readyPorts = new Set();
    admission.inQueue = 100_000;
    should(admission.room('all', new Map([['all', 1000]]))).equal(Number.POSITIVE_INFINITY);
  });

  it('ends where the gateway itself has far too much, and not because other programs send a little', () => {
    const admission = new Admission(2);
    admission.readyPorts = new Set([0, 1]);
    admission.inQueue = 16;
    should(admission.room('all', NONE)).equal(4);
    admission.inQueue = 17;
    should(admission.room('all', NONE)).equal(0);
  });

  it('does not end for the other ports when it is our own SMS that the gateway has so many of, for one port', () => {
    const admission = new Admission(2);
    admission.readyPorts = new Set([0, 1]);
    admission.inQueue = 100;
    const alarms = new Map([['1', 100]]);
    should(admission.room('1', alarms)).equal(0);
    should(admission.room('0', alarms)).equal(2);
    should(admission.room('all', alarms)).equal(4);
  });

  it('follows a changed limit at once', () => {
    const admission = new Admission(2);
    admission.queueLimit = 5;
    should(admission.room('4', NONE)).equal(5);
  });
});

describe('sender: the SMS that are let in', () => {
  const priority = fc.constantFrom('high' as const, 'normal' as const, 'low' as const);

  it('are all of high priority, and as many others from the front as there is room', () => {
    fc.assert(
      fc.property(fc.array(priority), fc.nat(20), (priorities, room) => {
        const batch = priorities.map((each) => storedSms({ priority: each }));
        const others = batch.filter((sms) => sms.priority !== 'high').slice(0, room);
        const expected = batch.filter((sms) => sms.priority === 'high' || others.includes(sms));
        should(admitted(batch, room)).deepEqual(expected);
      }),
    );
  });

  it('are all where there is no limit', () => {
    should(admitted([storedSms(), storedSms()], Number.POSITIVE_INFINITY)).have.length(2);
  });
});

describe('sender: the port sets of config nodes that share a gateway', () => {
  it('count together', () => {
    const counts = countPortSets([
      { gateway: 'g1', portSet: 'all', count: 2 },
      { gateway: 'g2', portSet: 'all', count: 3 },
      { gateway: 'g2', portSet: '0', count: 1 },
    ]);
    should([...counts]).deepEqual([
      ['all', 5],
      ['0', 1],
    ]);
  });
});
