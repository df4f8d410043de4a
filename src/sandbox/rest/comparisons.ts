import { notFound } from '../api-error.ts'
import type { Commit } from '../entities.ts'
import { headNamed } from '../head-named.ts'
import { commitShape } from '../shapes/commit.ts'
import { nameOf } from '../world.ts'
import type { Answer, Call, Operation } from './operation.ts'
import { page } from './page.ts'

export const comparisonOperations: Operation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/compare/{basehead}',
    caller: 'repository',
    needs: { contents: 'read' },
    handle: compared,
  },
]

/** What the second of two commits reaches and the first does not, oldest first. */
function compared(call: Call): Answer {
  const { world, repository } = call
  const [base, head] = call
    .param('basehead')
    .split('...')
    .map((name) => world.commits.get(name) ?? headNamed(world, repository, name))
  if (!base || !head) throw notFound()
  const [ofBase, ofHead] = [world.ancestry(base.sha), world.ancestry(head.sha)]
  const all = [...world.commits.values()]
  const mergeBase = all.findLast(({ sha }) => ofBase.has(sha) && ofHead.has(sha))
  if (!mergeBase) throw notFound()
  const only = (these: Set<string>, others: Set<string>) =>
    all.filter(({ sha }) => these.has(sha) && !others.has(sha))
  const ahead = only(ofHead, ofBase)
  const behind = only(ofBase, ofHead)
  const shape = (commit: Commit) => commitShape(world, repository, commit)
  const { body: commits, headers = {} } = page(call, ahead, shape)
  const html = `${world.html}/${nameOf(repository)}/compare/${call.param('basehead')}`
  return {
    status: 200,
    headers,
    body: {
      url: `${world.api}/repos/${nameOf(repository)}/compare/${call.param('basehead')}`,
      html_url: html,
      permalink_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      base_commit: shape(base),
      merge_base_commit: shape(mergeBase),
      status: statusOf(ahead.length, behind.length),
      ahead_by: ahead.length,
      behind_by: behind.length,
      total_commits: ahead.length,
      commits,
    },
  }
}

function statusOf(aheadBy: number, behindBy: number): string {
  if (aheadBy > 0) return behindBy > 0 ? 'diverged' : 'ahead'
  return behindBy > 0 ? 'behind' : 'identical'
}
