import should from 'should';
import { sendMail } from '../../support/sendMail';
import type { TriedExample } from '../../support/TriedExample';
import type { Peers } from './peers';

const CLIENT = 'node-red-sms';
const UPS = `From: ups@example.org
Subject: =?utf-8?Q?UPS_auf_Batterie_=E2=80=93?= Keller
X-Priority: 1
Message-ID: <1@ups.example.org>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=part

--part
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

12 Minuten =FCbrig

--=20
UPS 2, Raum 7
--part
Content-Type: text/plain; name=log.txt
Content-Disposition: attachment

not for a phone
--part--`;

/** For the examples that speak with another program than a browser: what that sends, and what comes of it. */
export const ofPeers = ({ broker, mailPort }: Peers): Record<string, (example: TriedExample) => Promise<void>> => ({
  'from what you have/MQTT': async (example) => {
    await example.until('the subscription', async () => broker.hasSubscribed(CLIENT));
    const arrive = (topic: string, count: number) =>
      example.until(`${count} in ${topic}`, async () => broker.published(topic).length >= count);
    const send = (message: object) => broker.publish('sms/send', JSON.stringify(message));
    await send({ to: '+999 1234567', text: 'Pump 3: 61 °C', id: 'pump 3' });
    await arrive('sms/outcome', 1);
    // QoS 1 may bring it once more.
    await send({ to: '+999 1234567', text: 'Pump 3: 61 °C', id: 'pump 3' });
    await arrive('sms/outcome', 2);
    should(broker.published('sms/outcome').map(({ payload }) => payload)).match([
      { id: 'pump 3', ok: true, total: 1 },
      { id: 'pump 3', ok: true, duplicate: true },
    ]);
    should((await example.sent()).map(({ number, text }) => [number, text])).eql([['+9991234567', 'Pump 3: 61 °C']]);
    await send({ to: 'Anna', text: 'Hello', id: 7 });
    await arrive('sms/refused', 1);
    await broker.publish('sms/send', 'Hello');
    await arrive('sms/refused', 2);
    should(broker.published('sms/refused').map(({ payload }) => payload)).match([
      { id: 7, code: 'INVALID_INPUT', error: /^To \(msg\.to\)/ },
      { error: /^must be JSON/, message: 'Hello' },
    ]);
    await example.until('a look', async () =>
      (await example.sees<{ path: string }[]>('requests')).some(({ path }) => path === '/api/query_incoming_sms'),
    );
    await example.press('somebody writes');
    await arrive('sms/received', 1);
    should(broker.published('sms/received')[0]?.payload).match({ port: 1, number: '99970100000', text: 'STATUS' });
  },
  'from what you have/e-mail': async (example) => {
    const phone = async () => (await example.sent()).map(({ number, text }) => [number, text]);
    await example.until('the mail server', async () =>
      sendMail(mailPort, '9991234567@sms.lan', `To: "Anna" <9991234567@sms.lan>\n${UPS}`).then(
        () => true,
        () => false,
      ),
    );
    await example.until('the first SMS', async () => (await phone()).length > 0);
    // A device that got no answer sends the same mail again.
    await sendMail(mailPort, '9991234567@sms.lan', `To: 9991234567@sms.lan\n${UPS}`);
    const long = `To: alarm@sms.lan\nSubject: Camera 4\n\n${'Movement. '.repeat(100)}`;
    await sendMail(mailPort, 'alarm@sms.lan', long);
    await example.until('the others', async () => (await phone()).length > 2);
    await example.shows('outcome', /duplicate: true/);
    const [first, ...others] = await phone();
    should(first).eql(['+9991234567', 'UPS auf Batterie - Keller: 12 Minuten übrig']);
    should(others.map(([number]) => number).sort()).eql(['+9991234567', '+9991234568']);
    for (const [, text] of others)
      should(text).startWith('Camera 4: Movement. ').and.endWith('...').and.have.length(303);
    await sendMail(mailPort, 'x@sms.lan', 'To: 1234567890123456@sms.lan, x@sms.lan\n\nNo subject');
    await example.until('one without a subject', async () => (await phone()).length > 4);
    await example.press('try it');
    await example.until('the button', async () => (await phone()).length > 5);
    should((await phone()).at(-1)).eql(['+9991234567', 'UPS on battery: 12 minutes left']);
  },
});
