import { invalidInput } from '../../gateway-api';
import {
  type Form,
  filled,
  type Oddity,
  type Piece,
  parseParams,
  parseTemplate,
  utf8Bytes,
  wireForm,
} from '../../sms-text';
import { fieldText, placeOf } from './fieldText';
import type { GivenRecipient } from './recipients';
import { checkBytes, checkFilled, checkTemplateBytes, MOST_BYTES, type Worded } from './text';

/** What the recipients of an input have to fill a text with, any of them. */
export interface Fillings {
  params: boolean;
  fields: boolean;
}

/** How a text is read. */
export interface Manner {
  /** Whether it means just what stands in it. `#param#` is a place even then where recipients have `text_param`. */
  isLiteral: boolean;
  /** Throws for characters that may not be sent; absent = all may. */
  checkAlphabet?: (field: string, text: string) => void;
  /** How it is written when it is sent: that counts for its length. */
  form: Form;
}

/** A text that an input gives, with its places for what each recipient brings (contract, send sms). */
export class Template {
  private readonly pieces: readonly Piece[];
  private readonly oddities: readonly Oddity[];
  private readonly fields: readonly string[];
  private readonly params: number;
  private readonly wire: string | undefined;

  /** @param field the property that holds it, for refusals */
  constructor(
    private readonly field: string,
    readonly text: string,
    private readonly manner: Manner,
  ) {
    const { pieces, oddities } = manner.isLiteral ? parseParams(text) : parseTemplate(text);
    this.pieces = pieces;
    this.oddities = oddities;
    this.fields = pieces.flatMap((piece) => ('field' in piece ? piece.field : []));
    this.params = pieces.filter((piece) => 'param' in piece).length;
    // Without a field it is on the wire as it is written; what is too long for that only as it is given travels filled.
    const written = utf8Bytes(text) <= MOST_BYTES ? text : undefined;
    this.wire = this.fields.length === 0 ? written : wireForm(pieces, MOST_BYTES);
  }

  /** Throws `INVALID_INPUT` for what can't be a place and would go out as it is written. */
  check(has: Fillings): void {
    const isFilled = has.params || has.fields;
    const odd = this.oddities.find(({ mayBeText }) => isFilled || !mayBeText);
    if (odd) throw invalidInput(this.field, `${REASONS[odd.why](odd.shown)}; ${LITERALLY}`);
    if (this.fields.length > 0) checkTemplateBytes(this.field, this.text);
    else checkBytes(this.field, this.text, this.manner.form);
    this.manner.checkAlphabet?.(this.field, filled(this.pieces, []));
  }

  /** Fills it for a recipient. Throws `INVALID_INPUT` that names him and what he lacks. */
  fill(recipient: GivenRecipient, has: Fillings): Worded {
    const params = this.paramsOf(recipient, has);
    if (this.fields.length === 0 && params === undefined) return { text: this.text };
    const values = this.valuesOf(recipient, params ?? []);
    const text = filled(this.pieces, values);
    const place = this.fields.length === 0 ? `${recipient.field}.text_param` : recipient.field;
    checkFilled(place, text, recipient.written, this.manner.form);
    if (text === '' && !this.manner.isLiteral) throw invalidInput(recipient.field, 'makes an empty text');
    return this.wire === undefined ? { text, own_text: true } : { text: this.wire, text_param: values };
  }

  private paramsOf({ text_param, field, written }: GivenRecipient, has: Fillings): string[] | undefined {
    const place = `${field}.text_param`;
    if (text_param === undefined) {
      if (has.params) throw invalidInput(place, 'is missing, other recipients have one');
      if (this.manner.isLiteral || this.params === 0 || !has.fields) return undefined;
      const why = 'is missing, and nothing else fills the #param# of the text';
      throw invalidInput(place, `${why} (recipient ${written}); a field stands as {{name}}; ${LITERALLY}`);
    }
    if (text_param.length === this.params) return text_param;
    throw invalidInput(place, `has ${text_param.length} texts, the text has ${this.params} #param#`);
  }

  /** What stands in its places, in their order. */
  private valuesOf(recipient: GivenRecipient, params: readonly string[]): string[] {
    const { checkAlphabet } = this.manner;
    let next = 0;
    return this.pieces.flatMap((piece) => {
      if ('text' in piece) return [];
      const place = 'field' in piece ? placeOf(recipient, piece.field) : `${recipient.field}.text_param[${next}]`;
      const value = 'field' in piece ? fieldText(recipient, piece.field) : (params[next++] ?? '');
      checkAlphabet?.(place, value);
      return value;
    });
  }
}

const LITERALLY = 'switch on "Literal" if the text shall say so';

const REASONS: Record<Oddity['why'], (shown: string) => string> = {
  unclosed: (shown) => `has "${shown}", which no }} ends`,
  nameless: (shown) => `has "${shown}", which names no field`,
  nested: (shown) => `has "${shown}": no brackets stand in a field's name`,
  unopened: (shown) => `has "${shown}" without a {{ before it`,
  mark: (shown) => `has "${shown}", which the gateway fills only as #param#`,
};
