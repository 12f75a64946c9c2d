import { withScheme } from '../checks/gatewayUrl';

/** Completes the address when the field is left. */
export function completeAddress(field: JQuery): void {
  field.on('change', () => {
    const address = String(field.val() ?? '');
    const whole = withScheme(address);
    if (whole !== address) field.val(whole).trigger('change');
  });
}
