/** Where everybody finds what this server shows; null where nobody can reach it. */

/** The folder of the documentation's pages, without a slash at the end. */
export function docsUrl(publicUrl: string | null): string | null {
  return publicUrl === null ? null : `${publicUrl}/docs`
}

/** The folder of a repository's charts, without a slash at the end; null for a private one, too. */
export function chartsUrl(
  publicUrl: string | null,
  repository: { private: boolean; ownerLogin: string; name: string },
): string | null {
  if (publicUrl === null || repository.private) return null
  return `${publicUrl}/chart/${repository.ownerLogin}/${repository.name}`
}
