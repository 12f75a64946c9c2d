import type { Simulator, SubmittedSms } from '../../../simulator';

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
  for (let tries = 0; tries < 200; tries++) {
    const sms = simulator.submitted[place];
    if (sms && isThere(sms)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`the SMS stayed ${simulator.submitted[place]?.state}`);
}
