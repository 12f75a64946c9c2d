declare module 'split-sms' {
  export interface SplitText {
    characterSet: 'GSM' | 'Unicode';
    parts: { length: number; bytes: number }[];
    bytes: number;
    remainingInPart: number;
  }
  const splitSms: { split(message: string): SplitText };
  export default splitSms;
}
