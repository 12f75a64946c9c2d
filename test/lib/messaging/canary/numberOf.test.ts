import should from 'should';
import { type NumbersGiven, numberOf } from '../../../../lib/messaging/canary/numberOf';

const SIM = { port: 3, iccid: '8949', number: '+491700000003' };
const given = (numbers: Record<string, string>, plus: NumbersGiven['plus'] = 'keep'): NumbersGiven => ({
  numbers: new Map(Object.entries(numbers)),
  plus,
});

describe('the number of a SIM to which test SMS go', () => {
  it('is what somebody wrote down by its ICCID, else by its port, else what the gateway says', () => {
    should(numberOf(SIM, [given({ '8949': '+4911', '3': '+4922' })])).equal('+4911');
    should(numberOf(SIM, [given({ '8950': '+4911', '3': '+4922' })])).equal('+4922');
    should(numberOf(SIM, [given({ '8950': '+4911', '4': '+4922' })])).equal('+491700000003');
    should(numberOf(SIM, [])).equal('+491700000003');
  });

  it('is by its port where the gateway names no ICCID, and not what stands without one', () => {
    should(numberOf({ port: 3 }, [given({ '3': '+4922', undefined: '+4911' })])).equal('+4922');
    should(numberOf({ port: 0 }, [given({ '0': '+4900' })])).equal('+4900');
  });

  it('is the first of several watch nodes’ that is one: what nobody can dial is passed over', () => {
    const [typo, other] = [given({ '8949': 'ask Anna' }), given({ '8949': '+4933' })];
    should(numberOf(SIM, [typo, other])).equal('+4933');
    should(numberOf(SIM, [typo])).equal('+491700000003');
    should(numberOf({ ...SIM, number: 'unknown' }, [typo])).be.undefined();
  });

  it('is unknown where neither a person nor the gateway has it', () => {
    should(numberOf({ port: 3 }, [given({})])).be.undefined();
    should(numberOf({ port: 3, number: '' }, [given({})])).be.undefined();
  });

  it('has its + as the gateway wants it, by the first node that says so', () => {
    should(numberOf(SIM, [given({}, 'strip'), given({}, 'keep')])).equal('491700000003');
    should(numberOf(SIM, [given({ '3': '+4922' }, '00')])).equal('004922');
    should(numberOf(SIM, [given({ '3': '0664 12-34' }, '00')])).equal('06641234');
  });
});
