import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { names } from './issues.ts'
import type { Check } from './publisher.ts'

/** GitHub takes so many annotations at once. */
const mostAnnotations = 50

export async function createCheck(
  octokit: Octokit,
  repository: TrackedRepository,
  check: Check,
): Promise<void> {
  await octokit.rest.checks.create({
    ...names(repository),
    name: check.name,
    head_sha: check.sha,
    status: 'completed',
    conclusion: check.conclusion,
    output: {
      title: check.title,
      summary: check.summary,
      annotations: check.problems.slice(0, mostAnnotations).map(({ line, message }) => ({
        path: check.path,
        start_line: line,
        end_line: line,
        annotation_level: check.conclusion === 'failure' ? 'failure' : 'warning',
        message,
      })),
    },
  })
}
