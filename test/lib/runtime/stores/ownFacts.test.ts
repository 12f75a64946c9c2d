import should from 'should';
import { ownFacts } from '../../../../lib/runtime/stores/ownFacts';
import { StoreNodes } from '../../../../lib/runtime/stores/StoreNodes';

const SECRET = 'hunter2';
const WITH_PASSWORD = 'postgres://sms:of-the-database@db/dinstar';

interface Machine {
  limit?: number;
  password?: string;
  /** The id of the gateway's store node; empty = none. */
  store?: string;
  keepDays?: number;
  nodes?: string[];
  connection?: string;
}

/** What a machine tells whose one gateway node and one store node are as said. */
function told({ limit = 32, password = SECRET, store = 's', keepDays = 7, nodes, connection }: Machine = {}) {
  const storeNodes = new StoreNodes();
  storeNodes.add('s', { kind: 'postgres', keepDays, onUnavailable: 'refuse', lease: 15, machine: 'hall' });
  const gateway = { id: 'g', properties: { store, limit }, secrets: ['admin', password] };
  const all = () => [gateway] as unknown as ReturnType<Parameters<typeof ownFacts>[0]['gatewayNodes']['all']>;
  return ownFacts({ gatewayNodes: { all }, storeNodes }, connection ?? WITH_PASSWORD, nodes ?? ['g', 's']);
}

describe('what a machine tells the others of its config nodes', () => {
  it('is the same for the same nodes, in whatever order its flows have them', () => {
    should(told({ nodes: ['s', 'g'] })).eql(told({ nodes: ['g', 's'] }));
  });

  it('is another digest where a setting differs, of that node only', () => {
    const [here, there] = [told(), told({ limit: 16 })];
    should(here.settings?.g).not.equal(there.settings?.g);
    should(here.settings?.s).equal(there.settings?.s);
    should(told({ keepDays: 8 }).settings?.s).not.equal(here.settings?.s);
  });

  it('says where the SMS of a gateway are kept: in the file where no store is chosen', () => {
    should(told().stores).eql({ g: 'postgres' });
    should(told({ store: '' }).stores).eql({ g: 'file' });
  });

  it('tells a login apart from another one, and nothing of what it is', () => {
    const [here, there] = [told(), told({ password: 'another' })];
    should(here.logins?.of.g).match(/^[0-9a-f]{3}$/);
    should(here.logins?.of.g).not.equal(there.logins?.of.g);
    const all = JSON.stringify(here);
    for (const secret of [SECRET, 'of-the-database', 'admin']) should(all).not.containEql(secret);
  });

  it('compares logins among those that use the database as one user, by a digest that only its password gives', () => {
    should(told().logins?.key).equal('sms');
    const other = told({ connection: 'postgres://sms:another-one@db/dinstar' });
    should(other.logins?.of).not.eql(told().logins?.of);
  });

  it('tells nothing of logins where the database has no password, or its URL is none', () => {
    for (const connection of ['postgres://sms@db/dinstar', 'nothing of a URL']) {
      should(told({ connection }).logins).eql({ key: '', of: {} });
    }
  });

  it('says by one digest which nodes there are', () => {
    should(told({ nodes: ['g', 's', 'more'] }).nodes).not.equal(told().nodes);
  });
});
