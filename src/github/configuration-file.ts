import { z } from 'zod'
import type { Octokit } from './github-app.ts'

/** The text of a file that is there, or why it has none. */
export type FileText = string | { unreadable: 'too large' | 'not text' }

/** Above 1 MB GitHub names the file and leaves its content out, above 100 MB it refuses. */
const File = z.object({ content: z.string(), encoding: z.string() })

/**
 * The text of a file; null when it is not there or not for us. A file that
 * GitHub finds too large for this is not null: it is there, and says something.
 * @param ref branch, tag or SHA; null: the default branch
 */
export async function fileText(
  octokit: Octokit,
  file: { owner: string; name: string; path: string; ref: string | null },
): Promise<FileText | null> {
  try {
    const { data } = await octokit.rest.repos.getContent({
      owner: file.owner,
      repo: file.name,
      path: file.path,
      ...(file.ref === null ? {} : { ref: file.ref }),
    })
    const read = File.safeParse(data)
    if (!read.success) return null
    return read.data.encoding === 'base64'
      ? Buffer.from(read.data.content, 'base64').toString('utf8')
      : { unreadable: 'too large' }
  } catch (error) {
    if (error instanceof Error && 'status' in error && error.status === 404) return null
    if (error instanceof Error && /too_large|too large/.test(error.message)) {
      return { unreadable: 'too large' }
    }
    throw error
  }
}
