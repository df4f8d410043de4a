import type { Octokit } from './github-app.ts'

/**
 * The text of a file, or null when it is not there or not for us.
 * @param ref branch, tag or SHA; null: the default branch
 */
export async function fileText(
  octokit: Octokit,
  file: { owner: string; name: string; path: string; ref: string | null },
): Promise<string | null> {
  try {
    const { data } = await octokit.rest.repos.getContent({
      owner: file.owner,
      repo: file.name,
      path: file.path,
      ...(file.ref === null ? {} : { ref: file.ref }),
    })
    return 'content' in data && !Array.isArray(data)
      ? Buffer.from(data.content, 'base64').toString('utf8')
      : null
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return null
    throw error
  }
}
