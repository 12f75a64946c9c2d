/** What is sent: GSM 7 bit or UCS-2 (manual 1.4). */
export type Encoding = 'unicode' | 'gsm-7bit';

// 3GPP TS 23.038, 6.2.1: the default alphabet and its extension table.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

/** The text as a phone shows it: what GSM 7 bit cannot carry arrives as `?`. */
export function onAir(text: string, encoding: Encoding): string {
  if (encoding === 'unicode') return text;
  return Array.from(text, (char) => (basic.has(char) || extension.has(char) ? char : '?')).join('');
}

/** Number of segments (manual 1.4; 3GPP TS 23.040): 160 or 153 septets, 70 or 67 UTF-16 units; a character is never cut. */
export function countSegments(text: string, encoding: Encoding): number {
  const [whole, part] = encoding === 'gsm-7bit' ? [160, 153] : [70, 67];
  const widths = Array.from(text, (char) => (encoding === 'gsm-7bit' ? (extension.has(char) ? 2 : 1) : char.length));
  if (widths.reduce((sum, width) => sum + width, 0) <= whole) return 1;
  let segments = 1;
  let used = 0;
  for (const width of widths) {
    if (used + width > part) {
      segments += 1;
      used = 0;
    }
    used += width;
  }
  return segments;
}
