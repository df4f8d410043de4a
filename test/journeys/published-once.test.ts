import { describe, expect, it } from 'vitest'
import { secondaryRateLimit } from '../../src/sandbox/faults.ts'
import { parkedWork } from '../../src/store/work.ts'
import { engine, journey } from '../support/journey.ts'
import { until } from '../support/until.ts'

const createComment = { method: 'POST', path: /\/issues\/\d+\/comments$/ }

/** A pull request from outside, with GitHub unwell in one way, until nothing is left to do. */
async function withFault(
  fault: Omit<Parameters<Awaited<ReturnType<typeof journey>>['github']['fail']>[0], 'path'> & {
    path?: RegExp
  },
) {
  const run = await journey()
  run.github.fail({ ...createComment, ...fault })
  const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
  await run.idle()
  return { ...run, number, comments: run.ownComments(number) }
}

describe('one comment, whatever GitHub answers', () => {
  it('when the comment was made and the answer was lost', async () => {
    const { comments } = await withFault({ status: 'commit-then-drop', times: 3 })
    expect(comments).toHaveLength(1)
  })

  it('when the connection drops before anything is done', async () => {
    const { comments } = await withFault({ status: 'drop', times: 2 })
    expect(comments).toHaveLength(1)
  })

  it('when GitHub fails', async () => {
    const { comments } = await withFault({ status: 502, times: 3 })
    expect(comments).toHaveLength(1)
  })

  it('when GitHub asks to wait', async () => {
    const run = await journey()
    run.github.fail({ ...createComment, ...secondaryRateLimit(1), times: 1 })
    const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
    await until(() => run.logged.join('').includes('secondary rate limit'))
    expect(run.ownComments(number)).toEqual([])
    await run.pass(1)
    await run.idle()
    expect(run.ownComments(number)).toHaveLength(1)
  })

  it('when the list of comments cannot be read at first', async () => {
    const { comments } = await withFault({ method: 'GET', status: 500, times: 2 })
    expect(comments).toHaveLength(1)
  })

  it('when what the summary is better with cannot be read', async () => {
    const { comments } = await withFault({ path: /\/graphql$/, status: 404, times: 5 })
    expect(comments).toHaveLength(1)
  })

  it('when GitHub refuses it for good: none, and the operator is told', async () => {
    const { comments, app, logged } = await withFault({
      status: 422,
      body: { message: 'Validation Failed' },
    })
    expect(comments).toEqual([])
    expect(await parkedWork(app.deps.db, 10)).toEqual([
      expect.objectContaining({
        job: 'summarise-pull-request',
        failure: expect.stringContaining('422'),
      }),
    ])
    expect(logged.join('')).toContain('A job is parked')
  })
})

describe('the comment that is there', () => {
  it('stays deleted when a person deleted it', async () => {
    const { github, idle, ownComments, pass, number } = await withFault({ status: 500 })
    const [posted] = github.comments(engine, number)
    await github.deleteComment(engine, posted!.id, { by: 'mara' })
    await pass(5)
    await github.mergePullRequest(engine, number, { by: 'mara' })
    await idle()
    expect(ownComments(number)).toEqual([])
  })

  it('keeps the words of a person who edited it', async () => {
    const { github, idle, ownComments, pass, number } = await withFault({ status: 500 })
    const [posted] = github.comments(engine, number)
    const body = `${posted!.body}\n\nAnd thank you from me, too.`
    await github.editComment(engine, posted!.id, { by: 'mara', body })
    await pass(5)
    await github.mergePullRequest(engine, number, { by: 'mara' })
    await idle()
    expect(ownComments(number)).toEqual([body])
  })

  it('is found again by a new database, and a copy of its marker is not taken for it', async () => {
    const { github, app, idle, ownComments, pass, number } = await withFault({ status: 500 })
    const [copied = ''] = ownComments(number)
    await github.comment(engine, number, { author: 'newcomer-a', body: copied })
    await app.deps.db.deleteFrom('publications').execute()
    await pass(5)
    await github.mergePullRequest(engine, number, { by: 'mara' })
    await idle()
    const [own, copy] = github.comments(engine, number)
    expect(ownComments(number)).toHaveLength(1)
    expect(own?.body).toContain('first change here')
    expect(copy?.body).toBe(copied)
  })

  it('is the oldest one when there are two, and the other goes', async () => {
    const { github, app, idle, ownComments, pass, number } = await withFault({ status: 500 })
    const repository = github.world.repository(engine)
    const [posted] = github.comments(engine, number)
    const octokit = await app.deps.github.installation({
      installationId: github.world.installations[0]!.id,
      repositoryId: null,
      purpose: 'posts',
    })
    await octokit.rest.issues.createComment({
      owner: 'example-lab',
      repo: 'engine',
      issue_number: number,
      body: posted!.body,
    })
    await app.deps.db.deleteFrom('publications').execute()
    await github.closePullRequest(engine, number, { by: 'newcomer-a' })
    await pass(1)
    await github.reopenPullRequest(engine, number, { by: 'newcomer-a' })
    await idle()
    expect(ownComments(number)).toHaveLength(1)
    expect(github.comments(engine, number)[0]?.id).toBe(posted!.id)
    expect(repository.threads.size).toBe(1)
  })
})

it('says nothing on drafts, to insiders, to bots and when it is told not to', async () => {
  const { github, idle, ownComments } = await journey()
  const draft = await github.openPullRequest(engine, { author: 'newcomer-a', draft: true })
  const inside = await github.openPullRequest(engine, { author: 'mara' })
  const bot = await github.openPullRequest(engine, { author: 'dependabot[bot]' })
  await idle()
  for (const { number } of [draft, inside, bot]) expect(ownComments(number)).toEqual([])

  await github.markReady(engine, draft.number)
  await idle()
  expect(ownComments(draft.number)).toHaveLength(1)

  github.putFile(engine, '.github/groundswell.yml', 'pull-requests: { summaries: false }\n')
  await github.push(engine, {
    by: 'mara',
    commits: [{ files: [{ filename: '.github/groundswell.yml' }] }],
  })
  await idle()
  const silent = await github.openPullRequest(engine, { author: 'newcomer-b' })
  await idle()
  expect(ownComments(silent.number)).toEqual([])
})
