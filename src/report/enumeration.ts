/** `a`, `a and b`, `a, b and c`; parts that are false or empty are passed over. */
export function enumeration(parts: readonly (string | false)[]): string {
  const said = parts.filter((part) => part !== false).filter((part) => part !== '')
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(said)
}
