import should from 'should';
import { holderOfNote, noteKeys, ownersOf } from '../../../lib/store';

describe("a note's key", () => {
  it('tells the nodes that it belongs to', () => {
    const { gatewayAddress, inboxCursor, emitOutbox, portWatch, cdrWatch } = noteKeys;
    should(ownersOf(gatewayAddress('g'))).eql(['g']);
    const ofBoth = [inboxCursor('g', 'n', 'http://h:80/ x'), emitOutbox('g', 'n'), portWatch('g', 'n')];
    for (const key of ofBoth) should(ownersOf(key)).eql(['g', 'n'], key);
    should(ownersOf(`${cdrWatch('g', 'n')}facts`)).eql(['n', 'g']);
  });

  it("tells whether it is a gateway's, and whose", () => {
    const { gatewayAddress, inboxCursor, emitOutbox, portWatch, simWatch, cdrWatch } = noteKeys;
    const all = [gatewayAddress('g'), inboxCursor('g', 'n', 'x'), emitOutbox('g', 'n'), portWatch('g', 'n')];
    for (const key of [...all, simWatch('g', 'n'), `${cdrWatch('g', 'n')}facts`]) {
      should(holderOfNote(key)).eql({ gateway: 'g' }, key);
    }
    for (const key of [noteKeys.nodeHours('n'), noteKeys.health('n')]) should(holderOfNote(key)).equal('node');
    for (const key of [noteKeys.time, noteKeys.card('c')]) should(holderOfNote(key)).equal('nobody');
  });

  it('tells none where it belongs to no node', () => {
    for (const key of [noteKeys.time, noteKeys.missingNodes, noteKeys.device('http://gateway/ of a')]) {
      should(ownersOf(key)).eql([], key);
    }
  });
});
