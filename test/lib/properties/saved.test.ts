import should from 'should';
import { savedTexts, withDefaults } from '../../../lib/properties/saved';
import { isTyped, typedValues } from '../../../lib/properties/typed';

const defaults = { name: '', to: 'to', toType: 'msg', wait: '300', waitType: 'num' } as const;

describe("a node's saved properties", () => {
  it('are texts, and only those that the node has and that are set', () => {
    const saved = { name: 7, to: null, wait: undefined, z: 'tab' };
    should(savedTexts<object>(saved, defaults)).eql({ name: '7' });
  });

  it('are the default where they are missing, and stay empty where that means something', () => {
    should(withDefaults<object>({ to: '', wait: 5 }, defaults)).eql({ ...defaults, to: '', wait: '5' });
  });

  it('are the default with its type where a field that is never empty was cleared', () => {
    const saved = { to: '', toType: 'str', wait: '', waitType: 'msg' };
    const read = withDefaults<typeof defaults>(saved, defaults, ['wait']);
    should(read).eql({ ...defaults, to: '', toType: 'str' });
  });

  it('are typed where their default has a type beside it, and are read by that', () => {
    should(Object.keys(defaults).filter((name) => isTyped(name, defaults))).eql(['to', 'wait']);
    should(typedValues(defaults, ['wait', 'to'])).eql({
      wait: { value: '300', type: 'num' },
      to: { value: 'to', type: 'msg' },
    });
  });
});
