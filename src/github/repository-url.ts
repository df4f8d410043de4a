/** A repository's page: where links in our own texts may lead. */
export function repositoryUrl(
  { htmlUrl }: { htmlUrl: string },
  { ownerLogin, name }: { ownerLogin: string; name: string },
): string {
  return `${htmlUrl}/${ownerLogin}/${name}`
}
