import { type Hours, type HoursProblem, isZoneWord, readHours } from '../times';
import type { Form } from './Form';
import type { EditorNode, Validate } from './red';
import { suggestTimezones } from './timezones';

/** A new row: office hours. */
const NEW: Hours = { days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', zone: '' };
const DAYS = [1, 2, 3, 4, 5, 6, 7];
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const PARTS = { from: 'label.from', to: 'label.until_time', zone: 'label.zone' };
/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

const WHY: Record<HoursProblem['why'], string> = {
  list: 'error.hours.list',
  row: 'error.hours.row',
  days: 'error.hours.days',
  time: 'error.hours.time',
  zone: 'error.hours.zone',
};

/** The validator of an array of hours: names the row that is wrong, counted from 1. */
export function hoursValidator(labelKey: string): Validate {
  // Two parameters: see validator.ts.
  return function (value, _options) {
    const read = readHours(value);
    if ('hours' in read) return true;
    const { row, why } = read.problem;
    const where = row === undefined ? '' : `${this._('error.row', { row: row + 1 })} `;
    return `${this._(labelKey)}: ${where}${this._(WHY[why])}`;
  };
}

/** The rows of a property that holds hours, in an element `.dinstar-hours`. What is wrong in a row is marked there. */
export class HoursRows {
  private readonly list: JQuery;

  constructor(
    private readonly node: EditorNode,
    form: Form,
    property: string,
  ) {
    const box = form.find('.dinstar-hours').empty();
    this.list = $('<div role="list">').appendTo(box);
    const add = $('<button type="button" class="red-ui-button red-ui-button-small dinstar-add">');
    add.append($('<i class="fa fa-plus" aria-hidden="true">'), ' ', document.createTextNode(node._('label.addHours')));
    add.appendTo(box).on('click', () => {
      this.add(NEW).find('.dinstar-day').first().trigger('focus');
    });
    const saved = node[property];
    for (const row of Array.isArray(saved) ? saved : []) this.add(row as Partial<Hours>);
  }

  /** What the rows say. */
  read(): Hours[] {
    return this.list
      .children()
      .toArray()
      .map((element) => {
        const row = $(element);
        const text = (part: string): string => String(row.find(`.dinstar-${part}`).val() ?? '').trim();
        const days = DAYS.filter(
          (day) =>
            row
              .find('.dinstar-day')
              .eq(day - 1)
              .attr('aria-pressed') === 'true',
        );
        return { days, from: text('from'), to: text('to'), zone: text('zone') };
      });
  }

  private add({ days = [], from = '', to = '', zone = '' }: Partial<Hours>): JQuery {
    const { node } = this;
    const row = $('<div class="dinstar-hours-row" role="listitem">').appendTo(this.list);
    const week = $('<span class="dinstar-week" role="group">').attr('aria-label', node._('label.days')).appendTo(row);
    for (const day of DAYS) this.addDay(week, day, Array.isArray(days) && days.includes(day));
    this.addText(row, 'from', from, '09:00');
    row.append($('<span aria-hidden="true">').text('–'));
    this.addText(row, 'to', to, '17:00');
    suggestTimezones(this.addText(row, 'zone', zone, node._('placeholder.gatewayZone')));
    const remove = $(
      '<button type="button" class="red-ui-button red-ui-button-small"><i class="fa fa-remove"></i></button>',
    );
    remove.attr('aria-label', node._('label.removeHours')).appendTo(row);
    remove.on('click', () => {
      row.remove();
      this.list.parent().find('.dinstar-add').trigger('focus');
    });
    this.mark(row);
    return row;
  }

  private addDay(week: JQuery, day: number, isOn: boolean): void {
    const date = new Date(MONDAY + (day - 1) * DAY_MS);
    const name = (weekday: 'short' | 'long'): string =>
      new Intl.DateTimeFormat(RED.i18n.lang(), { weekday, timeZone: 'UTC' }).format(date);
    const button = $('<button type="button" class="red-ui-button red-ui-button-small dinstar-day">').text(
      name('short'),
    );
    button.attr({ 'aria-label': name('long'), 'aria-pressed': String(isOn) }).appendTo(week);
    button.on('click', () => {
      button.attr('aria-pressed', String(button.attr('aria-pressed') !== 'true'));
      this.mark(week.parent());
    });
  }

  private addText(row: JQuery, part: 'from' | 'to' | 'zone', value: string, placeholder: string): JQuery {
    const field = $('<input type="text">').addClass(`dinstar-${part}`).val(String(value)).appendTo(row);
    field.attr({ 'aria-label': this.node._(PARTS[part]), placeholder });
    field.on('change keyup paste', () => setTimeout(() => this.mark(row), 0));
    return field;
  }

  private mark(row: JQuery): void {
    const wrong = (part: string, isWrong: boolean): void => {
      row.find(`.dinstar-${part}`).toggleClass('input-error', isWrong).attr('aria-invalid', String(isWrong));
    };
    const text = (part: string): string => String(row.find(`.dinstar-${part}`).val() ?? '').trim();
    wrong('week', row.find('.dinstar-day[aria-pressed=true]').length === 0);
    for (const part of ['from', 'to']) wrong(part, !TIME.test(text(part)));
    wrong('zone', !isZoneWord(text('zone')));
  }
}
