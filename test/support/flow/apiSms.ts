import type { Simulator, SubmittedSms } from '../../../simulator';
import { until } from '../until';

/** Sends an SMS as another program would, and waits until it is on air, or as far as asked. */
export async function apiSms(
  simulator: Simulator,
  param: object,
  isThere: (sms: SubmittedSms) => boolean = ({ ref_id }) => ref_id !== undefined,
): Promise<void> {
  const place = simulator.submitted.length;
  await fetch(`${simulator.url}/api/send_sms`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ text: 'Hello', param: [param], request_status_report: true }),
  });
  await until(() => {
    const sms = simulator.submitted[place];
    return sms && isThere(sms);
  }, 'the SMS on air');
}
