import should from 'should';
import { textOf } from '../support/architecture/sources';
import { Newcomer, type OpenEditor, openEditor, SidebarPage } from '../support/browser';
import { type FlowNode, versions } from '../support/node-red';
import { manifest } from '../support/repository';

const STORY = 'texts from a CSV file';
const PEOPLE = 300;
/** What somebody may have to do, from an empty flow to a job that is stopped. */
const MOST_ACTIONS = 20;
const GREETINGS: Readonly<Record<string, (name: string, time: string) => string>> = {
  en: (name, time) => `Dear ${name}, your appointment is at ${time}.`,
  de: (name, time) => `Hallo ${name}, Ihr Termin ist um ${time}.`,
  fr: (name, time) => `Bonjour ${name}, votre rendez-vous est à ${time}.`,
};

interface Person {
  number: string;
  name: string;
  time: string;
  language: string;
}

const people: Person[] = Array.from({ length: PEOPLE }, (_, place) => ({
  number: `+99912${String(place).padStart(4, '0')}`,
  name: `Name ${place}`,
  time: `${8 + (place % 9)}:${10 + (place % 50)}`,
  language: ['en', 'de', 'fr'][place % 3] as string,
}));
const csv = [
  'number,name,time,language',
  ...people.map(({ number, name, time, language }) => [number, name, time, language].join(',')),
].join('\n');
const story = JSON.parse(textOf(`examples/stories/${STORY}.json`)) as FlowNode[];
const idOf = (name: string): string => story.find((node) => node.name === name)?.id as string;

for (const version of versions) {
  describe(`a newcomer with a CSV file, in the editor of Node-RED ${version}`, function () {
    // The first run on a machine may have to install Chromium.
    this.timeout(300_000);
    let open: OpenEditor;

    before(async () => {
      const flows = [
        { id: 'flow', type: 'tab', label: 'Flow 1' },
        { id: 'here', type: 'comment', z: 'flow', name: 'my flow', x: 100, y: 560, wires: [] },
      ];
      open = await openEditor({ version, flows });
      await open.editor.load('here');
    });

    after(() => open?.close());

    /** The simulated gateway that runs inside this Node-RED. */
    const simulator = async <T>(path: string, body?: object): Promise<T> => {
      const [, url] = await open.nodeRed.waitForLog(/simulated gateway: (http\S+)\//, 15_000);
      const headers = { 'Content-Type': 'application/json' };
      const init = body && { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${url}/simulator/${path}`, init)).json() as Promise<T>;
    };
    const record = (): Promise<{ number: string; text: string }[]> => simulator('record');

    it(`sends 300 texts, sees them go, and stops them in the middle, in ${MOST_ACTIONS} steps at most`, async () => {
      const newcomer = new Newcomer(open.page);
      const sidebar = new SidebarPage(open.page, open.nodeRed.url);
      const deploy = open.page.locator('#red-ui-header-button-deploy');
      const send = open.page.locator(`[id="${idOf('send')}"] .red-ui-flow-node-button-button`);
      await newcomer.importExample([manifest().name, 'stories', STORY], 60, 60);
      await newcomer.replaceText(idOf('appointments.csv'), csv);
      await newcomer.click('Deploy', deploy);
      await simulator('speed', { speed: 'fast' });
      await newcomer.click('send', send);
      await newcomer.openSidebar('GSM gateways');
      const jobs = sidebar.card('Simulated gateway').locator('.dinstar-job');
      await jobs.getByText(`${PEOPLE} of ${PEOPLE} sent`).waitFor({ timeout: 60_000 });
      const texts = new Map((await record()).map(({ number, text }) => [number, text]));
      should(await record()).have.length(PEOPLE);
      for (const { number, name, time, language } of people) {
        should(texts.get(number)).equal(GREETINGS[language]?.(name, time));
      }

      // As slow as a real one, there is time to stop it.
      await simulator('speed', { speed: 'real' });
      await newcomer.click('send', send);
      const job = jobs.first();
      await job.getByText(new RegExp(`^[1-9]\\d? of ${PEOPLE} sent`)).waitFor({ timeout: 60_000 });
      should(await job.getByRole('progressbar').getAttribute('aria-valuemax')).equal(String(PEOPLE));
      await newcomer.click('Stop …', job.getByRole('button', { name: 'Stop …' }));
      await newcomer.click('Stop … SMS?', job.getByRole('button', { name: /^Stop \d+ SMS\?$/ }));
      await job
        .getByRole('status')
        .getByText(/^\d+ stopped\./)
        .waitFor();
      console.log(`      ${newcomer.actions.length} actions: ${newcomer.actions.join(', ')}`);
      should(newcomer.actions.length).be.belowOrEqual(MOST_ACTIONS);

      const left = (await record()).length - PEOPLE;
      should(left).be.within(1, PEOPLE - 1);
      await job.getByText(/[1-9]\d* stopped$/).waitFor();
      await open.page.waitForTimeout(2000);
      should(await record()).have.length(PEOPLE + left);
      should(sidebar.complaints).eql([]);
    });
  });
}
