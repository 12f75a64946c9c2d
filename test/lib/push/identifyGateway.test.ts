import should from 'should';
import { identifyGateway } from '../../../lib/push';

describe('push: the gateway of a push', () => {
  const hall = { id: 'hall', sn: 'da00-0030-1901-2817', host: '192.168.1.20' };
  const roof = { id: 'roof', sn: 'da00-1029-2931-3421', host: '192.168.1.21' };
  const barn = { id: 'barn', host: 'fd00::5' };
  const all = [hall, roof, barn];

  it("is the receiver's own setting before anything else", () => {
    const push = { sn: hall.sn, address: roof.host };
    should(identifyGateway(push, all, 'barn')).deepEqual({ id: 'barn', by: 'setting' });
    should(identifyGateway(push, all, 'gone')).be.undefined();
  });

  it('is the one with its serial number, wherever the push came from', () => {
    const push = { sn: hall.sn, address: roof.host };
    should(identifyGateway(push, all)).deepEqual({ id: 'hall', by: 'sn' });
    should(identifyGateway(push, all, '')).deepEqual({ id: 'hall', by: 'sn' });
    should(identifyGateway({ sn: ' DA00-1029-2931-3421 ', address: '10.9.9.9' }, all)).deepEqual({
      id: 'roof',
      by: 'sn',
    });
  });

  it('is the one at its source address when the serial number says nothing', () => {
    should(identifyGateway({ address: '::ffff:192.168.1.21' }, all)).deepEqual({ id: 'roof', by: 'address' });
    should(identifyGateway({ sn: '', address: '192.168.1.20' }, all)).deepEqual({ id: 'hall', by: 'address' });
    should(identifyGateway({ sn: 'not known yet', address: 'fd00:0::5' }, all)).deepEqual({
      id: 'barn',
      by: 'address',
    });
    should(identifyGateway({ address: 'fd00::5' }, [{ id: 'url', host: '[FD00::5]' }])).match({ id: 'url' });
  });

  it('is nobody when no gateway, or more than one, is at that address', () => {
    should(identifyGateway({ sn: 'other', address: '10.9.9.9' }, all)).be.undefined();
    const twins = [
      { id: 'first', host: '192.168.1.20' },
      { id: 'second', host: '192.168.1.20' },
    ];
    should(identifyGateway({ address: '192.168.1.20' }, twins)).be.undefined();
    should(
      identifyGateway({ sn: 'b', address: '192.168.1.20' }, [twins[0], { ...twins[1], sn: 'b' }] as typeof all),
    ).match({
      id: 'second',
    });
  });

  it('takes this machine for one, by whichever of its names', () => {
    for (const host of ['localhost', 'LOCALHOST', '127.0.0.1', '::1', '[::1]']) {
      for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
        should(identifyGateway({ address }, [{ id: 'simulated', host }])).match({ id: 'simulated' });
      }
    }
  });

  it('does not look a host name up, nor compare it with anything', () => {
    const named = [{ id: 'named', host: 'gateway.example' }];
    should(identifyGateway({ address: '192.168.1.20' }, named)).be.undefined();
    should(identifyGateway({ address: 'gateway.example' }, named)).be.undefined();
    should(identifyGateway({ address: '' }, [{ id: 'unset', host: '' }])).be.undefined();
  });
});
