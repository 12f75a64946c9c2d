import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { GatewayError, invalidInput } from '../../../lib/gateway-api';
import { LABELS, labelOf } from '../../../lib/runtime/fieldLabels';
import { readsFrom, withFieldNamed } from '../../../lib/runtime/namedField';
import { root } from '../../support/repository';
import { FakeNode } from './FakeNode';

const sendSms = Object.assign(new FakeNode(), { type: 'dinstar-send-sms' });

describe('an error that names a field', () => {
  const said = (field: string, node: { type: string }): string =>
    withFieldNamed(invalidInput(field, 'must be other'), node).message;

  it('says the label of the dialog, and keeps the name of the property in its cause', () => {
    const error = withFieldNamed(invalidInput('timeAfter', 'must be a time'), { type: 'dinstar-cdr' });
    should(error).match({ code: 'INVALID_INPUT', message: 'After: must be a time' });
    should(error.cause).eql({ retryable: false, field: 'timeAfter' });
    should(said('url', { type: 'dinstar-gateway' })).equal('Address: must be other');
    should(said('task', { type: 'dinstar-stop-sms' })).equal('Stop: must be other');
  });

  it('says the property of the message where a message sets it, down to the place in it', () => {
    readsFrom(sendSms, { field: 'to', value: 'people', type: 'msg' });
    readsFrom(sendSms, { field: 'text', value: 'Fire', type: 'str' });
    should(said('to[3].number', sendSms)).equal('To (msg.people[3].number): must be other');
    should(said('text', sendSms)).equal('Text: must be other');
    readsFrom(sendSms, { field: 'text', value: 'greeting', type: 'flow' });
    should(said('text', sendSms)).equal('Text (flow.greeting): must be other');
  });

  it('stays as it is where no dialog has that field', () => {
    should(said('msg.gateway', sendSms)).equal('msg.gateway: must be other');
    should(withFieldNamed(new GatewayError('BUSY', 'The port is busy', 'refused'), sendSms).message).equal(
      'The port is busy',
    );
  });

  it('finds a label for all that a dialog has: each may hold a variable that is nowhere', () => {
    const credentials: Record<string, string[]> = {
      gateway: ['username', 'password'],
      metrics: ['token'],
      'push-receiver': ['token'],
      store: ['connection'],
    };
    for (const name of readdirSync(path.join(root, 'nodes'))) {
      const { defaults } = require(path.join(root, 'nodes', name, 'config.ts')) as { defaults: object };
      for (const property of [...Object.keys(defaults), ...(credentials[name] ?? [])]) {
        // A name is no setting; a type stands beside what it belongs to, under its label.
        if (property === 'name' || property.endsWith('Type')) continue;
        should(typeof labelOf(`dinstar-${name}`, property)).equal('string', `${name}: ${property}`);
      }
    }
  });

  it('has the words of the English catalogues, and no other', () => {
    const catalogueOf = (name: string): Record<'label' | 'section', Record<string, string> | undefined> =>
      JSON.parse(readFileSync(path.join(root, 'locales', 'en-US', `${name}.json`), 'utf8'));
    for (const [type, labels] of Object.entries(LABELS)) {
      const { label, section } = catalogueOf(type.replace('dinstar-', ''));
      // The plans fill a section of their own; the unit of the progress stands beside it, under its label.
      const progressUnit = labels.progressUnit && label?.progress;
      should({ ...section, ...label, ...(progressUnit && { progressUnit }) }).containEql(labels);
    }
  });
});
