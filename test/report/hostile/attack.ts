/** What a text tries, and the text. Together they are what a failure is told by, so both are short. */
export type Attack = readonly [tries: string, text: string]

/** The same attempt with each of these. */
export function each(
  tries: string,
  parts: readonly string[],
  text: (part: string) => string,
): Attack[] {
  return parts.map((part) => [`${tries} ${JSON.stringify(part)}`, text(part)])
}

/** Seen by nobody. */
export const unseen: readonly string[] = [
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\u180e', '\u2061'],
  ...['\u2064', '\ufe0e', '\ufe0f', '\u{e0100}', '\u{e0001}', '\u{e0041}', '\u200e', '\u200f'],
  ...['\u061c', '\u202e', '\u2066', '\u2069', '\u0000', '\u0007', '\u001b', '\u009b', '\u2800'],
  ...['\u3164', '\u115f', '\uffa0', '\ufff9', '\uffff', '\u{1d173}'],
]
