/** Organisations by name, each with the domains that are its own; in small letters. */
export type Organizations = Readonly<Record<string, readonly string[]>>

/**
 * For whom somebody works, by the domains that they sign with: only what the
 * configuration says about a domain counts, and one below it is its own. Null
 * for everybody else, and for who signs for two organisations.
 */
export function affiliationOf(
  domains: readonly string[],
  organizations: Organizations,
): string | null {
  const named = Object.entries(organizations)
    .filter(([, owned]) => domains.some((domain) => owned.some((own) => isWithin(domain, own))))
    .map(([name]) => name)
  const [organization = null, another] = named
  return another === undefined ? organization : null
}

function isWithin(domain: string, own: string): boolean {
  return domain === own || domain.endsWith(`.${own}`)
}
