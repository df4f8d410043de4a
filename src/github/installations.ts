import type { GitHubApp } from './github-app.ts'

/** Every installation of the App, suspended ones included. */
export async function listInstallations(github: GitHubApp) {
  const octokit = await github.asApp()
  return await octokit.paginate(octokit.rest.apps.listInstallations, { per_page: 100 })
}

/** Every repository that an installation covers. */
export async function listInstallationRepositories(github: GitHubApp, installationId: number) {
  const octokit = await github.installation({
    installationId,
    repositoryId: null,
    purpose: 'installations',
  })
  return await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, {
    per_page: 100,
  })
}
