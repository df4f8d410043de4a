import { describe, expect, it } from 'vitest'
import { double, probotAt } from './double.ts'

/** More than app.yml asks for: what the double can do is not only what the App does. */
const writingAll = {
  metadata: 'read',
  contents: 'read',
  issues: 'write',
  pull_requests: 'write',
  discussions: 'write',
  checks: 'write',
} as const

describe('the REST API', () => {
  it('serves everything the App uses to Probot’s own client, in GitHub’s shapes', async () => {
    const { github, contract, clock } = await double({ permissions: writingAll })
    clock.now = new Date()
    const at = { owner: 'octo', repo: 'model' }
    github.putFile('octo/model', '.github/groundswell.yml', 'digest: {}\n')
    github.addMember('octo', 'keeper')
    const { number } = await github.openIssue('octo/model', { author: 'newcomer-a' })
    const { fullName } = await github.fork('octo/model', { owner: 'newcomer-a' })
    const pull = await github.openPullRequest('octo/model', {
      author: 'newcomer-a',
      headRepository: fullName,
      files: [{ filename: 'a.py' }, { filename: 'b.py' }],
      commits: [{ message: 'One' }, { message: 'Two', coAuthors: ['mona'] }],
    })
    const { commentIds } = await github.review('octo/model', pull.number, {
      author: 'keeper',
      state: 'changes_requested',
      comments: [{ path: 'a.py', body: 'Why?' }],
    })
    const octokit = await probotAt(github.url).auth(77)
    const asApp = await probotAt(github.url).auth()
    const sha = github.world.repository('octo/model').branches.get('main') ?? ''

    const { data: comment } = await octokit.rest.issues.createComment({
      ...at,
      issue_number: number,
      body: 'Welcome',
    })
    expect(comment.user?.login).toBe('groundswell[bot]')
    expect(comment.performed_via_github_app?.slug).toBe('groundswell')
    await octokit.rest.issues.updateComment({ ...at, comment_id: comment.id, body: 'Welcome back' })
    await octokit.rest.issues.getComment({ ...at, comment_id: comment.id })
    await octokit.rest.reactions.createForIssueComment({
      ...at,
      comment_id: comment.id,
      content: 'eyes',
    })
    await octokit.rest.reactions.createForIssue({ ...at, issue_number: number, content: '+1' })
    await octokit.rest.reactions.createForPullRequestReviewComment({
      ...at,
      comment_id: commentIds[0] ?? 0,
      content: 'heart',
    })
    await octokit.rest.issues.listComments({ ...at, issue_number: number, per_page: 100 })
    await octokit.rest.issues.deleteComment({ ...at, comment_id: comment.id })
    const issue = await octokit.rest.issues.create({ ...at, title: 'Week 47', labels: ['digest'] })
    await octokit.rest.issues.update({ ...at, issue_number: issue.data.number, state: 'closed' })
    await octokit.rest.issues.get({ ...at, issue_number: number })
    await octokit.rest.issues.listForRepo({ ...at, state: 'all' })
    await octokit.rest.issues.createLabel({ ...at, name: 'triage', color: 'abcdef' })
    await octokit.rest.issues.listLabelsForRepo(at)
    await octokit.rest.pulls.list(at)
    await octokit.rest.pulls.get({ ...at, pull_number: pull.number })
    await octokit.rest.pulls.listFiles({ ...at, pull_number: pull.number })
    await octokit.rest.pulls.listCommits({ ...at, pull_number: pull.number })
    await octokit.rest.pulls.listReviews({ ...at, pull_number: pull.number })
    const run = await octokit.rest.checks.create({ ...at, name: 'Configuration', head_sha: sha })
    await octokit.rest.checks.update({
      ...at,
      check_run_id: run.data.id,
      conclusion: 'failure',
      output: { title: 'Not readable', summary: 'Line 3' },
    })
    await octokit.rest.checks.listForRef({ ...at, ref: sha })
    const { data: config } = await octokit.rest.repos.getContent({
      ...at,
      path: '.github/groundswell.yml',
    })
    expect(config).toMatchObject({ type: 'file', size: 11, encoding: 'base64' })
    await octokit.rest.repos.get(at)
    await octokit.rest.repos.listForks(at)
    await octokit.rest.repos.getCollaboratorPermissionLevel({ ...at, username: 'keeper' })
    await octokit.rest.users.getByUsername({ username: 'keeper' })
    await octokit.rest.apps.listReposAccessibleToInstallation()
    await octokit.rest.rateLimit.get()
    expect(await octokit.graphql('query Budget { rateLimit { cost } }')).toEqual({
      rateLimit: { cost: 1 },
    })
    await asApp.rest.apps.getAuthenticated()
    await asApp.rest.apps.listInstallations()
    await asApp.rest.apps.getInstallation({ installation_id: 77 })
    await asApp.rest.apps.getRepoInstallation(at)
    await asApp.rest.apps.listWebhookDeliveries()

    expect(contract.violations).toEqual([])
    expect(github.checkRuns('octo/model')).toMatchObject([{ conclusion: 'failure' }])
    expect(github.issues('octo/model').map(({ title }) => title)).toContain('Week 47')
  })
})
