/** What stands for an unknown number. */
export const unknown = '–'

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 })
const signed = new Intl.NumberFormat('en', { maximumFractionDigits: 1, signDisplay: 'exceptZero' })
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })
const ordinalEndings: Partial<Record<Intl.LDMLPluralRule, string>> = {
  one: 'st',
  two: 'nd',
  few: 'rd',
}

/** `12,402`; below ten with the half of a median, `5.5`. Null is "–". */
export function number(value: number | null): string {
  if (value === null) return unknown
  return Math.abs(value) < 10 ? fine.format(value) : plain.format(value)
}

/** `45 %` for 0.45. Null is "–". */
export function percent(share: number | null): string {
  return share === null ? unknown : `${plain.format(share * 100)} %`
}

/** A change that would be written as 0 % says nothing: null. */
export function worthTelling(share: number | null): number | null {
  return share === null || Math.abs(share) < 0.0005 ? null : share
}

/** `+2.6 %` for 0.026. */
export function growth(share: number): string {
  return `${signed.format(share * 100)} %`
}

/** `1 fork`, `12,402 forks`. */
export function count(value: number, one: string, other = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : other}`
}

/** `1st`, `25th`. */
export function ordinal(value: number): string {
  return `${plain.format(value)}${ordinalEndings[ordinals.select(value)] ?? 'th'}`
}
