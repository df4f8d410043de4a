import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { secondaryRateLimit } from '../../src/sandbox/faults.ts'
import { double } from './double.ts'

const issues = '/repos/octo/model/issues'

describe('lists', () => {
  it('come in pages, with links to the others', async () => {
    const { github, contract, call, installationToken } = await double()
    for (let count = 0; count < 5; count += 1) {
      await github.openIssue('octo/model', { author: 'newcomer-a', title: `Issue ${count + 1}` })
    }
    const token = await installationToken()
    const seen: number[] = []
    let path: string | undefined = `${issues}?per_page=2&direction=asc`
    const relations: string[] = []
    while (path) {
      const { headers, body } = await call('GET', path, { token })
      seen.push(...body.map(({ number }: { number: number }) => number))
      const link: string = headers.get('link') ?? ''
      relations.push([...link.matchAll(/rel="(\w+)"/g)].map(([, name]) => name).join(' '))
      path = /<([^>]+)>; rel="next"/.exec(link)?.[1]?.replace(`${github.url}/api/v3`, '')
    }
    expect(seen).toEqual([1, 2, 3, 4, 5])
    expect(relations).toEqual(['next last', 'prev next last first', 'prev first'])
    expect(contract.violations).toEqual([])
  })

  it('of comments can begin at an instant', async () => {
    const { github, pass, call, clock, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    await github.comment('octo/model', 1, { author: 'newcomer-a', body: 'early' })
    pass(10)
    const since = clock.now.toISOString()
    await github.comment('octo/model', 1, { author: 'newcomer-a', body: 'late' })
    const token = await installationToken()
    const { body } = await call('GET', `${issues}/1/comments?since=${since}`, { token })
    expect(body).toMatchObject([{ body: 'late' }])
  })

  it('of comments may lag behind what was written', async () => {
    const { github, pass, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    github.delayLists(60)
    await github.comment('octo/model', 1, { author: 'newcomer-a' })
    const token = await installationToken()
    const listed = async () => (await call('GET', `${issues}/1/comments`, { token })).body.length
    expect(await listed()).toBe(0)
    pass(1)
    expect(await listed()).toBe(1)
  })
})

describe('what was deleted', () => {
  it('is gone where it was an issue, and not found where it was a comment', async () => {
    const { github, contract, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const { commentId } = await github.comment('octo/model', 1, { author: 'newcomer-a' })
    await github.deleteComment('octo/model', commentId, { by: 'newcomer-a' })
    await github.deleteIssue('octo/model', 2, { by: 'keeper' })
    const token = await installationToken()
    expect(await call('GET', `${issues}/comments/${commentId}`, { token })).toMatchObject({
      status: 404,
    })
    expect(await call('GET', `${issues}/2`, { token })).toMatchObject({ status: 410 })
    expect(contract.violations).toEqual([])
  })
})

describe('writing', () => {
  it('refuses a body that is longer than GitHub keeps', async () => {
    const { github, contract, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    const path = `${issues}/1/comments`
    const fits = await call('POST', path, { token, body: { body: 'a'.repeat(65_536) } })
    expect(fits.status).toBe(201)
    expect(await call('POST', path, { token, body: { body: 'a'.repeat(65_537) } })).toMatchObject({
      status: 422,
      body: { errors: [{ message: 'body is too long (maximum is 65536 characters)' }] },
    })
    expect(contract.violations).toEqual([])
  })

  it('makes the labels of a new issue that the repository lacks', async () => {
    const { call, installationToken, contract } = await double()
    const token = await installationToken()
    await call('POST', issues, { token, body: { title: 'Week 47', labels: ['digest'] } })
    const { body } = await call('GET', '/repos/octo/model/labels', { token })
    expect(body).toMatchObject([{ name: 'digest', color: 'ededed' }])
    const again = { name: 'Digest', color: 'ffffff' }
    expect(await call('POST', '/repos/octo/model/labels', { token, body: again })).toMatchObject({
      status: 422,
    })
    expect(contract.violations).toEqual([])
  })

  it('finds a reaction that is there already instead of adding another', async () => {
    const { github, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    const path = `${issues}/1/reactions`
    const react = () => call('POST', path, { token, body: { content: 'eyes' } })
    expect([(await react()).status, (await react()).status]).toEqual([201, 200])
    expect(github.reactions('octo/model', 1)).toHaveLength(1)
  })

  it('is refused in an archived repository', async () => {
    const { github, call, installationToken } = await double()
    await github.archiveRepository('octo/model')
    const token = await installationToken()
    expect(await call('POST', issues, { token, body: { title: 'Hello' } })).toMatchObject({
      status: 403,
    })
  })
})

describe('a repository that was renamed', () => {
  it('is led to by its id, for reading and for writing', async () => {
    const { github, contract, call, installationToken } = await double()
    const id = github.world.repository('octo/model').id
    await github.renameRepository('octo/model', 'weights')
    const token = await installationToken()
    const moved = await call('GET', `${issues}?state=all`, { token })
    expect(moved.status).toBe(301)
    const location = moved.headers.get('location') ?? ''
    expect(location).toBe(`${github.url}/api/v3/repositories/${id}/issues?state=all`)
    const there = location.replace(`${github.url}/api/v3`, '')
    expect(await call('GET', there, { token })).toMatchObject({ status: 200 })
    expect(await call('GET', `/repositories/${id}`, { token })).toMatchObject({
      body: { full_name: 'octo/weights' },
    })
    expect(await call('POST', issues, { token, body: { title: 'x' } })).toMatchObject({
      status: 307,
    })
    expect(contract.violations).toEqual([])
  })
})

describe('what an author is to a repository', () => {
  it('shows a public member as MEMBER and hides a concealed one', async () => {
    const { github } = await double()
    github.addMember('octo', 'keeper')
    github.addMember('octo', 'hidden', { public: false })
    github.setPermission('octo/model', 'helper', 'write')
    const association = async (author: string) => {
      const { payload } = await github.openIssue('octo/model', { author })
      return payload.issue
    }
    expect(await association('keeper')).toMatchObject({ author_association: 'MEMBER' })
    expect(await association('hidden')).toMatchObject({ author_association: 'NONE' })
    expect(await association('helper')).toMatchObject({ author_association: 'COLLABORATOR' })
  })

  it('turns a newcomer into a contributor with the first merge', async () => {
    const { github } = await double()
    const first = await github.openPullRequest('octo/model', { author: 'newcomer-a' })
    expect(first.payload.pull_request).toMatchObject({
      author_association: 'FIRST_TIME_CONTRIBUTOR',
    })
    await github.mergePullRequest('octo/model', first.number, { by: 'keeper' })
    const second = await github.openPullRequest('octo/model', { author: 'newcomer-a' })
    expect(second.payload.pull_request).toMatchObject({ author_association: 'CONTRIBUTOR' })
  })

  it('tells what access an account has, and who is no account', async () => {
    const { github, contract, call, installationToken } = await double()
    github.setPermission('octo/model', 'helper', 'write')
    github.addUser('newcomer-a')
    const token = await installationToken()
    const permission = (login: string) =>
      call('GET', `/repos/octo/model/collaborators/${login}/permission`, { token })
    expect(await permission('helper')).toMatchObject({ body: { permission: 'write' } })
    expect(await permission('newcomer-a')).toMatchObject({ body: { permission: 'read' } })
    expect(await permission('nobody')).toMatchObject({ status: 404 })
    expect(contract.violations).toEqual([])
  })
})

describe('the hourly limit', () => {
  it('counts down, refuses at nought and begins anew', async () => {
    const { github, contract, pass, call, installationToken } = await double()
    const token = await installationToken()
    const first = await call('GET', '/repos/octo/model', { token })
    expect(first.headers.get('x-ratelimit-limit')).toBe('5000')
    expect(first.headers.get('x-ratelimit-remaining')).toBe('4999')
    github.rateLimits.setRemaining('installation 77', 'core', 1)
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({ status: 200 })
    const refused = await call('GET', '/repos/octo/model', { token })
    expect(refused).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(/rate limit/) },
    })
    expect(refused.headers.get('x-ratelimit-remaining')).toBe('0')
    expect(await call('GET', '/rate_limit', { token })).toMatchObject({
      body: { rate: { remaining: 0 } },
    })
    pass(60)
    const fresh = await call('GET', '/repos/octo/model', { token: await installationToken() })
    expect(fresh.headers.get('x-ratelimit-remaining')).toBe('4999')
    expect(contract.violations).toEqual([])
  })
})

describe('closing and merging', () => {
  it('keep why an issue was closed, through either door', async () => {
    const { github, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const by = 'keeper'
    const closed = await github.closeIssue('octo/model', 1, { by, reason: 'not_planned' })
    expect(closed.payload.issue).toMatchObject({ state: 'closed', state_reason: 'not_planned' })
    const token = await installationToken()
    const path = `${issues}/1`
    const reopened = await call('PATCH', path, { token, body: { state: 'open' } })
    expect(reopened.body).toMatchObject({
      state: 'open',
      state_reason: 'reopened',
      closed_at: null,
    })
  })

  it.each([
    ['merge', ['One', 'Two', 'Merge pull request #1 from newcomer-a/change-1']],
    ['squash', ['Faster (#1)']],
  ] as const)('by %s push what reaches the main branch', async (method, messages) => {
    const { github } = await double()
    const { fullName } = await github.fork('octo/model', { owner: 'newcomer-a' })
    const { number } = await github.openPullRequest('octo/model', {
      author: 'newcomer-a',
      headRepository: fullName,
      title: 'Faster',
      commits: [{ message: 'One' }, { message: 'Two', coAuthors: ['mona'] }],
    })
    const merged = await github.mergePullRequest('octo/model', number, { by: 'keeper', method })
    expect(merged.payload).toMatchObject({
      action: 'closed',
      pull_request: { merged: true, merged_by: { login: 'keeper' } },
    })
    const push = github.deliveries.made.at(-1)?.payload
    const commits = z.array(z.object({ message: z.string() })).parse(push?.commits)
    expect(commits.map(({ message }) => message.split('\n')[0])).toEqual(messages)
    expect(commits.some(({ message }) => message.includes('Co-authored-by: mona <'))).toBe(true)
    expect(push?.after).toBe(github.world.repository('octo/model').branches.get('main'))
  })
})

describe('faults', () => {
  const comments = `${issues}/1/comments`

  async function withIssue() {
    const at = await double()
    await at.github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await at.installationToken()
    const comment = () => call(at, token)
    return { ...at, token, comment }
  }
  const call = (at: Awaited<ReturnType<typeof double>>, token: string) =>
    at.call('POST', comments, { token, body: { body: 'Hi' } })

  it('answer with a status, as often as asked', async () => {
    const { github, comment } = await withIssue()
    github.fail({ method: 'POST', path: /comments$/, status: 502, times: 2 })
    const statuses = [await comment(), await comment(), await comment()].map(({ status }) => status)
    expect(statuses).toEqual([502, 502, 201])
    expect(github.comments('octo/model', 1)).toHaveLength(1)
    expect(github.requests.slice(-3)).toMatchObject([
      { status: 502, operation: null },
      { status: 502 },
      { status: 201, operation: '/repos/{owner}/{repo}/issues/{issue_number}/comments' },
    ])
  })

  it('bring their own headers and words, as for writing too fast', async () => {
    const { github, comment } = await withIssue()
    github.fail({ path: /comments/, ...secondaryRateLimit(60) })
    const slow = await comment()
    expect(slow).toMatchObject({
      status: 403,
      body: { message: expect.stringMatching(/secondary/) },
    })
    expect(slow.headers.get('retry-after')).toBe('60')
    expect(await comment()).toMatchObject({ status: 201 })
  })

  it('drop the connection before anything is done, or after', async () => {
    const { github, comment } = await withIssue()
    github.fail({ method: 'POST', path: /comments$/, status: 'drop' })
    await expect(comment()).rejects.toThrow()
    expect(github.comments('octo/model', 1)).toHaveLength(0)
    github.fail({ method: 'POST', path: /comments$/, status: 'commit-then-drop' })
    await expect(comment()).rejects.toThrow()
    expect(github.comments('octo/model', 1)).toHaveLength(1)
  })

  it('hang until the caller gives up', async () => {
    const { github } = await withIssue()
    github.fail({ path: /^\/app$/, status: 'hang' })
    const signal = AbortSignal.timeout(100)
    await expect(fetch(`${github.url}/api/v3/app`, { signal })).rejects.toThrow(/timeout/)
  })
})
