import should from 'should';
import { Pushes } from '../../../lib/messaging/Pushes';

const reply = (text: string) => ({ port: 1, text });

describe('the pushes of a gateway', () => {
  it('reach all who listen for their kind, and nobody else', async () => {
    const pushes = new Pushes();
    const heard: string[] = [];
    pushes.on('ussd', ([first]) => void heard.push(`one ${first?.text}`));
    pushes.on('ussd', ([first]) => void heard.push(`two ${first?.text}`));
    pushes.on('cdr', () => void heard.push('cdr'));
    await pushes.tell({ ussd: [reply('hello')], sms: [] });
    should(heard).eql(['one hello', 'two hello']);
  });

  it('are safe when all who listen have kept them, and fail when one couldn’t', async () => {
    const pushes = new Pushes();
    let kept = false;
    pushes.on('ussd', async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      kept = true;
    });
    await pushes.tell({ ussd: [reply('a')] });
    should(kept).be.true();
    const leave = pushes.on('ussd', async () => {
      throw new Error('disk full');
    });
    await should(pushes.tell({ ussd: [reply('b')] })).be.rejectedWith('disk full');
    leave();
    await pushes.tell({ ussd: [reply('c')] });
  });
});
