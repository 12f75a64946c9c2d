/** Offers the zones that the browser knows while one is typed. */
export function suggestTimezones(field: JQuery): void {
  const { supportedValuesOf } = Intl as { supportedValuesOf?: (key: 'timeZone') => string[] };
  const zones = supportedValuesOf?.('timeZone') ?? [];
  field.autoComplete({
    minLength: 1,
    search: (typed) => {
      const wanted = typed.trim().toLowerCase().replace(/\s+/g, '_');
      return zones.filter((zone) => zone.toLowerCase().includes(wanted)).map((zone) => ({ value: zone, label: zone }));
    },
  });
}
