import { describe, expect, it } from 'vitest'
import { double, keyPair, probotAt } from './double.ts'

describe('the App’s own token', () => {
  it('opens what belongs to the App', async () => {
    const { call, appToken, contract } = await double()
    const { status, body } = await call('GET', '/app', { token: appToken() })
    expect(status).toBe(200)
    expect(body).toMatchObject({ slug: 'groundswell', installations_count: 1 })
    expect(contract.violations).toEqual([])
  })

  it('may name the client id as issuer', async () => {
    const { github, call, appToken } = await double()
    const token = appToken({ iss: github.app.clientId })
    expect(await call('GET', '/app', { token })).toMatchObject({ status: 200 })
  })

  it.each([
    ['expired', { exp: 1 }, 401, /'exp'\) must be a numeric value/],
    ['good for too long', { exp: 4_000_000_000 }, 401, /too far in the future/],
    ['of the future', { iat: 4_000_000_000 }, 401, /Issued at/],
    ['of another App', { iss: 1 }, 404, /Integration not found/],
  ])('is refused when it is %s', async (_, claims, status, message) => {
    const { call, appToken } = await double()
    const refused = await call('GET', '/app', { token: appToken(claims) })
    expect(refused).toMatchObject({ status, body: { message: expect.stringMatching(message) } })
  })

  it('is refused when another key signed it, or none', async () => {
    const { call, appToken } = await double()
    const other = await call('GET', '/app', { token: appToken({}, keyPair().privateKey) })
    expect(other).toMatchObject({ status: 401 })
    expect(await call('GET', '/app')).toMatchObject({ status: 401 })
  })

  it('reaches a double whose clock is off, as octokit allows for it', async () => {
    const { github, contract } = await double()
    const octokit = await probotAt(github.url).auth(77)
    const { data } = await octokit.rest.repos.get({ owner: 'octo', repo: 'model' })
    expect(data.full_name).toBe('octo/model')
    expect(contract.violations).toEqual([])
  })
})

describe('an installation token', () => {
  it('is good for an hour', async () => {
    const { call, installationToken, pass } = await double()
    const token = await installationToken()
    pass(59)
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({ status: 200 })
    pass(1)
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({
      status: 401,
      body: { message: 'Bad credentials' },
    })
  })

  it('is refused while the installation is suspended, and after it is gone', async () => {
    const { github, call, installationToken } = await double()
    const token = await installationToken()
    await github.suspend('octo')
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({ status: 403 })
    await github.unsuspend('octo')
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({ status: 200 })
    await github.uninstall('octo')
    expect(await call('GET', '/repos/octo/model', { token })).toMatchObject({ status: 401 })
  })

  it('can be narrowed, but not widened', async () => {
    const { github, call, installationToken } = await double()
    github.addRepository('octo', 'secret', { private: true })
    const narrow = await installationToken({
      repositories: ['model'],
      permissions: { issues: 'read' },
    })
    expect(await call('GET', '/repos/octo/secret', { token: narrow })).toMatchObject({
      status: 404,
    })
    const body = { title: 'Hello' }
    expect(await call('POST', '/repos/octo/model/issues', { token: narrow, body })).toMatchObject({
      status: 403,
    })
    expect(await installationToken({ permissions: { members: 'read' } })).toBeUndefined()
  })

  it('may only do what the installation was granted', async () => {
    const { github, call, installation, contract, installationToken } = await double()
    installation.permissions = { metadata: 'read', issues: 'read' }
    await github.openIssue('octo/model', { author: 'newcomer-a' })
    const token = await installationToken()
    const path = '/repos/octo/model/issues/1'
    expect(await call('GET', path, { token })).toMatchObject({ status: 200 })
    const refused = await call('PATCH', path, { token, body: { state: 'closed' } })
    expect(refused).toMatchObject({
      status: 403,
      body: { message: 'Resource not accessible by integration' },
    })
    expect(refused.headers.get('x-accepted-github-permissions')).toContain('issues=write')
    expect(github.issues('octo/model')[0]?.open).toBe(true)
    expect(contract.violations).toEqual([])
  })

  it('reads public repositories outside its installation, writes none and sees no private one', async () => {
    const { github, call, installationToken } = await double()
    github.addRepository('stranger', 'public')
    github.addRepository('stranger', 'private', { private: true })
    const token = await installationToken()
    const body = { title: 'Hello' }
    expect(await call('GET', '/repos/stranger/public', { token })).toMatchObject({ status: 200 })
    expect(await call('POST', '/repos/stranger/public/issues', { token, body })).toMatchObject({
      status: 403,
    })
    expect(await call('GET', '/repos/stranger/private', { token })).toMatchObject({ status: 404 })
    expect(await call('GET', '/repos/stranger/none', { token })).toMatchObject({ status: 404 })
  })
})

describe('the manifest flow', () => {
  it('exchanges a code for the App’s credentials, once', async () => {
    const { github, call, contract } = await double()
    github.addManifestCode('a1b2')
    const given = await call('POST', '/app-manifests/a1b2/conversions')
    expect(given).toMatchObject({
      status: 201,
      body: { id: 4242, webhook_secret: expect.any(String) },
    })
    expect(given.body.pem).toContain('PRIVATE KEY')
    expect(await call('POST', '/app-manifests/a1b2/conversions')).toMatchObject({ status: 404 })
    expect(contract.violations).toEqual([])
  })
})
