import { describe, expect, it } from 'vitest'
import { githubContract } from '../support/github-contract.ts'
import { double } from './double.ts'

const issues = '/repos/octo/model/issues'

describe('the contract', () => {
  it.each([
    ['an unknown query parameter', 'GET', `${issues}?stat=all`, undefined, /parameter "stat"/],
    ['a value that GitHub does not know', 'GET', `${issues}?state=al`, undefined, /"state"/],
    ['a number that is none', 'GET', `${issues}?per_page=many`, undefined, /"per_page"/],
    ['a path parameter of the wrong type', 'GET', `${issues}/first`, undefined, /"issue_number"/],
    ['a missing field', 'POST', issues, { body: 'No title' }, /title/],
    ['a misspelt field', 'POST', issues, { title: 'Hi', boddy: 'x' }, /"boddy"/],
    ['a field of the wrong type', 'POST', issues, { title: 'Hi', labels: 'bug' }, /labels/],
    ['a missing body', 'POST', issues, undefined, /body is missing/],
    ['an operation that GitHub lacks', 'GET', '/repos/octo/model/gossip', undefined, /no such/],
  ])('refuses %s', async (_, method, path, body, message) => {
    const { github, contract, call, installationToken } = await double()
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    expect(await call(method, path, { token, body })).toMatchObject({ status: 400 })
    expect(contract.violations).toEqual([expect.stringMatching(message)])
    expect(github.issues('octo/model')).toHaveLength(1)
  })

  it('refuses a GraphQL document that GitHub’s schema does not allow', async () => {
    const { github, contract, installationToken } = await double()
    const authorization = `Bearer ${await installationToken()}`
    const response = await fetch(`${github.url}/api/graphql`, {
      method: 'POST',
      headers: { authorization },
      body: JSON.stringify({ query: '{ repository(owner: "octo", name: "model") { starCount } }' }),
    })
    expect(response.status).toBe(400)
    expect(contract.violations).toEqual([expect.stringMatching(/starCount/)])
  })

  it('notices an answer that GitHub would not give', () => {
    const contract = githubContract()
    const request = { method: 'GET', path: issues, query: new URLSearchParams(), body: null }
    expect(contract.checkResponse(request, 200, [])).toBeNull()
    expect(contract.checkResponse(request, 200, [{ id: 1 }])).toMatch(/must have/)
    expect(contract.checkResponse(request, 200, {})).toMatch(/must be array/)
    expect(contract.checkResponse(request, 204, null)).toMatch(/does not describe/)
  })

  it('notices a webhook that GitHub would not send', async () => {
    const { github, contract } = await double()
    const { event, payload } = await github.star('octo/model', { by: 'newcomer-a' })
    expect(contract.checkWebhook(event, payload)).toBeNull()
    const { repository: _, ...headless } = payload
    expect(contract.checkWebhook(event, headless)).toMatch(/'repository'/)
    expect(contract.checkWebhook(event, { ...payload, action: 'edited' })).toMatch(
      /no such webhook/,
    )
    expect(contract.checkWebhook(event, { ...payload, starred_at: 5 })).toMatch(/starred_at/)
  })
})
