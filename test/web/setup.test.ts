import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { AppManifest } from '../../src/web/app-registration.ts'
import { readingListener } from '../../src/web/reading-listener.ts'
import { saveCredentials } from '../../src/web/save-credentials.ts'
import { newSetupToken, type SetupOptions, setupPage } from '../../src/web/setup.ts'

const manifest = AppManifest.parse(
  parse(readFileSync(new URL('../../app.yml', import.meta.url), 'utf8')),
)
const pem = '-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0IGtleQ==\n-----END RSA PRIVATE KEY-----\n'
const webhookSecret = 'made-by-github-0123456789'

const cleanups: (() => void)[] = []
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup()
})

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : expect.fail('no port')
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Node's own client: it lets a test send whatever Host it likes. */
function ask(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<Answer>((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        text += part
      })
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
}

/** A set-up page on a real server, with a stand-in for GitHub's conversion of codes. */
async function setup(options: Partial<SetupOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-setup-'))
  cleanups.push(() => rmSync(folder, { recursive: true }))
  const envFile = join(folder, '.env')

  const conversions: string[] = []
  const answer = { status: 201, body: JSON.stringify(conversion()) }
  const github = createServer((asked, answered) => {
    conversions.push(`${asked.method} ${asked.url}`)
    answered.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body)
  })
  const apiUrl = `http://127.0.0.1:${await listening(github)}`

  const token = newSetupToken()
  const faults: unknown[] = []
  const page = setupPage({
    token,
    manifest,
    save: (credentials) => saveCredentials(envFile, credentials),
    github: { apiUrl, htmlUrl: 'https://github.com' },
    publicUrl: 'https://groundswell.example',
    webhookPath: '/api/github/webhooks',
    fetch,
    now: () => new Date('2026-11-16T09:00:00Z'),
    ...options,
  })
  const port = await listening(createServer(readingListener(page, (error) => faults.push(error))))
  const visit = (path: string, headers: Record<string, string> = {}) => ask(port, path, headers)
  const confirm = (organisation = '') =>
    visit(`/setup?token=${token}&organisation=${encodeURIComponent(organisation)}`)
  return { answer, confirm, conversions, envFile, faults, folder, port, token, visit }
}

function conversion(overrides: object = {}) {
  return {
    id: 4321,
    pem,
    webhook_secret: webhookSecret,
    html_url: 'https://github.com/apps/groundswell-example-lab',
    client_secret: 'not-ours-to-keep',
    ...overrides,
  }
}

/** What a browser would send to GitHub from the form of the page. */
function formOf({ text }: Answer) {
  const unescaped = (value = '') => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const action = new URL(unescaped(/method="post" action="([^"]*)"/.exec(text)?.[1]))
  const sent = unescaped(/name="manifest" value="([^"]*)"/.exec(text)?.[1])
  return { action, state: action.searchParams.get('state') ?? '', manifest: JSON.parse(sent) }
}

describe('registering the App', () => {
  it('goes from the terminal to GitHub and back, and saves the credentials', async () => {
    const { confirm, conversions, envFile, token, visit } = await setup()
    const first = await visit(`/setup?token=${token}`)
    expect(first.status).toBe(200)
    expect(first.text).toMatch(/^<!doctype html><html lang="en">/)
    expect(first.text).toContain('name="organisation"')

    const form = formOf(await confirm())
    expect(`${form.action.origin}${form.action.pathname}`).toBe(
      'https://github.com/settings/apps/new',
    )

    const back = await visit(`/setup/return?code=c0de&state=${form.state}`)
    expect(back.status).toBe(200)
    expect(back.text).toContain('https://github.com/apps/groundswell-example-lab/installations/new')
    expect(conversions).toEqual(['POST /app-manifests/c0de/conversions'])
    expect(parseEnv(readFileSync(envFile, 'utf8'))).toEqual({
      APP_ID: '4321',
      PRIVATE_KEY: pem.trimEnd(),
      WEBHOOK_SECRET: webhookSecret,
    })
    expect(statSync(envFile).mode & 0o777).toBe(0o600)
  })

  it('shows no secret on any page', async () => {
    const { confirm, visit } = await setup()
    const { state } = formOf(await confirm())
    const back = await visit(`/setup/return?code=c0de&state=${state}`)
    for (const secret of [webhookSecret, 'c2VjcmV0IGtleQ==', 'not-ours-to-keep']) {
      expect(back.text).not.toContain(secret)
    }
  })

  it('sends app.yml with the addresses of this server', async () => {
    const { confirm, port } = await setup()
    expect(formOf(await confirm()).manifest).toEqual({
      ...manifest,
      url: 'https://groundswell.example',
      hook_attributes: { url: 'https://groundswell.example/api/github/webhooks', active: true },
      redirect_url: `http://127.0.0.1:${port}/setup/return`,
    })
  })

  it('switches the webhook off while GitHub has no address to deliver to', async () => {
    const { confirm } = await setup({ publicUrl: null })
    const confirmation = await confirm()
    expect(formOf(confirmation).manifest.hook_attributes.active).toBe(false)
    expect(confirmation.text).toContain('PUBLIC_URL')
  })

  it('registers it for an organisation', async () => {
    const { confirm } = await setup()
    expect(formOf(await confirm('example-lab')).action.pathname).toBe(
      '/organizations/example-lab/settings/apps/new',
    )
  })

  it.each(['../settings', 'example lab', '"><script>', 'a'.repeat(60)])(
    'refuses the organisation %j',
    async (organisation) => {
      const { confirm } = await setup()
      const { status, text } = await confirm(organisation)
      expect(status).toBe(400)
      expect(text).not.toContain('<script')
    },
  )

  it('says so when GitHub made no webhook secret', async () => {
    const { answer, confirm, envFile, visit } = await setup()
    answer.body = JSON.stringify(conversion({ webhook_secret: null }))
    const back = await visit(`/setup/return?code=c0de&state=${formOf(await confirm()).state}`)
    expect(back.text).toContain('WEBHOOK_SECRET')
    expect(Object.keys(parseEnv(readFileSync(envFile, 'utf8')))).toEqual(['APP_ID', 'PRIVATE_KEY'])
  })

  it('links to no other site than GitHub', async () => {
    const { answer, confirm, visit } = await setup()
    answer.body = JSON.stringify(conversion({ html_url: 'javascript:alert(1)' }))
    const back = await visit(`/setup/return?code=c0de&state=${formOf(await confirm()).state}`)
    expect(back.text).toContain('<a href="https://github.com">')
  })
})

describe('who may use the page', () => {
  it.each(['/setup', '/setup?token=', '/setup?token=guess', '/setup?organisation=example-lab'])(
    'is nobody without the token: %s',
    async (path) => {
      const { visit } = await setup()
      const { status, text } = await visit(path)
      expect(status).toBe(401)
      expect(text).not.toContain('<form')
    },
  )

  it.each([
    ['X-Forwarded-For', '127.0.0.1'],
    ['X-Forwarded-Host', 'groundswell.example'],
    ['X-Forwarded-Proto', 'https'],
    ['Forwarded', 'for=127.0.0.1'],
    ['X-Real-IP', '127.0.0.1'],
    ['Via', '1.1 proxy'],
    ['Host', 'groundswell.example'],
    ['Host', 'localhost.groundswell.example'],
  ])('is nobody who comes through a proxy or another name: %s: %s', async (name, value) => {
    const { token, visit } = await setup()
    const { status, text } = await visit(`/setup?token=${token}`, { [name]: value })
    expect(status).toBe(403)
    expect(text).not.toContain(token)
  })

  it.each(['localhost', 'localhost:3000', '127.0.0.1', '[::1]:3000'])(
    'is who calls this machine %s',
    async (Host) => {
      const { token, visit } = await setup()
      expect((await visit(`/setup?token=${token}`, { Host })).status).toBe(200)
    },
  )

  it.each([
    ['127.0.0.1', 200],
    ['127.8.8.8', 200],
    ['::1', 200],
    ['::ffff:127.0.0.1', 200],
    ['::ffff:10.0.0.5', 403],
    ['10.0.0.5', 403],
    ['172.17.0.1', 403],
    ['2001:db8::1', 403],
    ['localhost', 403],
    [undefined, 403],
  ])('goes by the address of the socket: %s gives %i', async (remoteAddress, status) => {
    const page = setupPage({
      token: 'token',
      manifest,
      save: () => expect.fail('saved'),
      github: { apiUrl: 'http://127.0.0.1:1', htmlUrl: 'https://github.com' },
      publicUrl: null,
      webhookPath: '/api/github/webhooks',
      fetch: () => expect.fail('fetched'),
      now: () => new Date(0),
    })
    const visit = new Request('http://localhost/setup?token=token', {
      headers: { host: 'localhost' },
    })
    expect((await page.fetch(visit, { remoteAddress })).status).toBe(status)
  })

  it.each(['/probot', '/probot/setup', '/probot/import', '/'])(
    'finds no page of Probot at %s',
    async (path) => {
      const { port } = await setup()
      expect((await ask(port, path)).status).toBe(404)
      expect((await ask(port, path, {}, 'POST')).status).toBe(404)
    },
  )
})

describe('the return from GitHub', () => {
  it.each([
    ['no state', () => ''],
    ['a made-up state', () => `${Date.parse('2026-11-16T09:00:00Z')}.AAAA`],
    ['a changed state', (state: string) => state.replace(/^\d/, '9')],
    ['half a state', (state: string) => state.slice(0, -3)],
  ])('is refused with %s', async (_, changed) => {
    const { confirm, conversions, visit } = await setup()
    const { state } = formOf(await confirm())
    const { status } = await visit(`/setup/return?code=c0de&state=${changed(state)}`)
    expect(status).toBe(401)
    expect(conversions).toEqual([])
  })

  it('is refused with the state of another set-up', async () => {
    const one = await setup()
    const other = await setup()
    const { state } = formOf(await other.confirm())
    expect((await one.visit(`/setup/return?code=c0de&state=${state}`)).status).toBe(401)
  })

  it('is refused after an hour', async () => {
    let now = new Date('2026-11-16T09:00:00Z')
    const { confirm, visit } = await setup({ now: () => now })
    const { state } = formOf(await confirm())
    now = new Date('2026-11-16T10:00:01Z')
    expect((await visit(`/setup/return?code=c0de&state=${state}`)).status).toBe(401)
  })

  it.each(['', '../../user', 'a/b', 'c0de%0d%0ax'])('is refused with the code %j', async (code) => {
    const { confirm, conversions, visit } = await setup()
    const { state } = formOf(await confirm())
    expect((await visit(`/setup/return?code=${code}&state=${state}`)).status).toBe(400)
    expect(conversions).toEqual([])
  })

  it('closes the page, which then saves nothing more', async () => {
    const { confirm, conversions, token, visit } = await setup()
    const { state } = formOf(await confirm())
    await visit(`/setup/return?code=c0de&state=${state}`)
    expect((await visit(`/setup?token=${token}`)).status).toBe(410)
    expect((await visit(`/setup/return?code=again&state=${state}`)).status).toBe(410)
    expect(conversions).toHaveLength(1)
  })

  it('converts one code when two come at once', async () => {
    const { confirm, conversions, visit } = await setup()
    const { state } = formOf(await confirm())
    const both = await Promise.all(
      ['one', 'two'].map((code) => visit(`/setup/return?code=${code}&state=${state}`)),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 410])
    expect(conversions).toHaveLength(1)
  })

  it.each([
    ['refuses the code', { status: 404, body: '{"message":"Not Found"}' }, /status 404/],
    ['answers something else', { status: 201, body: '{"id":4321}' }, /not with credentials/],
    ['answers no JSON', { status: 201, body: '<html>' }, /not with credentials/],
  ])('leaves all as it was when GitHub %s', async (_, given, message) => {
    const { answer, confirm, folder, visit } = await setup()
    Object.assign(answer, given)
    const back = await visit(`/setup/return?code=c0de&state=${formOf(await confirm()).state}`)
    expect(back.status).toBe(502)
    expect(back.text).toMatch(message)
    expect(readdirSync(folder)).toEqual([])
    expect((await confirm()).status).toBe(200)
  })

  it('says when GitHub cannot be reached', async () => {
    const { confirm, visit } = await setup({
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    })
    const back = await visit(`/setup/return?code=c0de&state=${formOf(await confirm()).state}`)
    expect(back.status).toBe(502)
    expect(back.text).toContain('could not be reached')
  })

  it('tells the operator, not the visitor, what else went wrong', async () => {
    const full = new Error('ENOSPC: no space left on device')
    const { confirm, faults, visit } = await setup({ save: () => Promise.reject(full) })
    const back = await visit(`/setup/return?code=c0de&state=${formOf(await confirm()).state}`)
    expect(back.status).toBe(500)
    expect(back.text).not.toContain('ENOSPC')
    expect(faults).toEqual([full])
  })
})

it('guards every answer against scripts, frames, sniffing and caches', async () => {
  const { token, visit } = await setup()
  for (const path of ['/setup', `/setup?token=${token}`, '/setup/return', '/setup/style.css']) {
    const { headers, text } = await visit(path)
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; style-src 'self'; form-action 'self' https://github.com; frame-ancestors 'none'; base-uri 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin',
      'cache-control': 'no-store',
    })
    expect(text).not.toMatch(/<script|style=|\son\w+=/i)
    expect(text.match(/(?:src|href)="(?!\/setup\/|https:\/\/github\.com)/)).toBeNull()
  }
})

describe('the .env file', () => {
  function envFile(text: string, mode = 0o644): string {
    const folder = mkdtempSync(join(tmpdir(), 'groundswell-env-'))
    cleanups.push(() => rmSync(folder, { recursive: true }))
    const file = join(folder, '.env')
    writeFileSync(file, text)
    chmodSync(file, mode)
    return file
  }

  it('keeps what stands in it, and is closed to others from then on', async () => {
    const file = envFile('# mine\nPORT=4000\nAPP_ID=')
    await saveCredentials(file, { APP_ID: '1', PRIVATE_KEY: pem })
    const text = readFileSync(file, 'utf8')
    expect(text).toMatch(/^# mine\nPORT=4000\n/)
    expect(parseEnv(text)).toEqual({ PORT: '4000', APP_ID: '1', PRIVATE_KEY: pem.trimEnd() })
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('never loses a value that it has', async () => {
    const before = 'APP_ID=1\nWEBHOOK_SECRET=mine\n'
    const file = envFile(before)
    const saving = saveCredentials(file, { APP_ID: '2', WEBHOOK_SECRET: 'new', PRIVATE_KEY: pem })
    await expect(saving).rejects.toThrow(/has APP_ID and WEBHOOK_SECRET already/)
    expect(readFileSync(file, 'utf8')).toBe(before)
  })
})
