import should from 'should';
import { closeAll, gateway, post } from '../helpers';

const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`);

describe('simulated call records', () => {
  afterEach(closeAll);

  it('answers the example of manual 12.4', async () => {
    const simulator = await gateway();
    simulator.addCall({
      port: 2,
      start: at('2015-07-21 16:35:20'),
      answer: at('2015-07-21 16:35:31'),
      ip: '172.16.100.136',
    });
    should(await post(simulator, '/api/get_cdr', '{"port":[2,3]}')).deepEqual({
      error_code: 200,
      cdr: [
        {
          port: 2,
          start_date: '2015-07-21 16:35:20',
          answer_date: '2015-07-21 16:35:31',
          direction: 'ip->gsm',
          ip: '172.16.100.136',
          codec: 'G.711U',
          hangup: 'called',
          gsm_code: 16,
          bcch: '',
        },
      ],
    });
  });

  it('selects by port and by start time', async () => {
    const simulator = await gateway();
    for (const port of [0, 1]) simulator.addCall({ port, start: at(`2020-01-0${port + 1} 00:00:00`) });
    const ports = async (filter: object) =>
      ((await post(simulator, '/api/get_cdr', filter)).cdr as { port: number }[]).map(({ port }) => port);
    should(await ports({})).deepEqual([0, 1]);
    should(await ports({ port: [1] })).deepEqual([1]);
    should(await ports({ time_after: '2020-01-01 00:00:00' })).deepEqual([1]);
    should(await ports({ time_before: '2020-01-02 00:00:00' })).deepEqual([0]);
  });

  it('has the keys of later firmware where that is asked for', async () => {
    const simulator = await gateway({ snInReplies: true });
    simulator.addCall({ port: 0, duration: 12, source_number: '1', destination_number: '2' });
    should(await post(simulator, '/api/get_cdr', {})).match({
      sn: simulator.sn,
      cdr: [{ duration: 12, source_number: '1', destination_number: '2' }],
    });
  });

  it('refuses ports where that is asked for, and answers without', async () => {
    const simulator = await gateway({ refusesCdrPort: true });
    simulator.addCall({ port: 0 });
    should(await post(simulator, '/api/get_cdr', { port: [0] })).deepEqual({ error_code: 400 });
    should((await post(simulator, '/api/get_cdr', {})).cdr).have.length(1);
  });
});
