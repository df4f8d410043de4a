import type { GitHubApp } from './github-app.ts'

/**
 * A token that opens one repository for reading, for an hour. It leaves the
 * process, so it can do no more than it has to.
 */
export async function cloneToken(
  github: GitHubApp,
  { installationId, repositoryId }: { installationId: number; repositoryId: number },
): Promise<string> {
  const octokit = await github.asApp()
  const { data } = await octokit.rest.apps.createInstallationAccessToken({
    installation_id: installationId,
    repository_ids: [repositoryId],
    permissions: { contents: 'read' },
  })
  return data.token
}
