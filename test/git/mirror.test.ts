import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FetchFailed } from '../../src/git/fetch-failure.ts'
import {
  eraseMirror,
  fetchObjects,
  fetchRefs,
  type Mirror,
  openMirror,
  tidyMirror,
} from '../../src/git/mirror.ts'
import { double } from '../sandbox/double.ts'
import { emptyFolder, git, gitReading, repositoryOf } from './repository-of.ts'

const mona = 'Mona Lisa <mona@lab.dev>'
const head = '+HEAD:refs/upstream/HEAD'

const opened = (dataDirectory: string, environment: NodeJS.ProcessEnv = process.env) =>
  openMirror({ dataDirectory, repositoryId: 7, environment })

const commitsIn = ({ folder }: Mirror, ref = 'refs/upstream/HEAD') =>
  Number(git(folder, 'rev-list', '--count', ref))

async function failureOf(fetching: Promise<void>): Promise<FetchFailed> {
  const failure = await fetching.then(
    () => null,
    (error: unknown) => error,
  )
  if (failure instanceof FetchFailed) return failure
  throw new Error(`It did not fail as a fetch does, but with ${failure}`)
}

/** A double with a private repository of some commits, and the token that opens it. */
async function privateRepository() {
  const { github, installationToken } = await double()
  github.addRepository('octo', 'secret', { private: true })
  const files = [{ filename: 'src/model/weights.py' }]
  const push = (times: number) =>
    github.push('octo/secret', {
      by: 'mona',
      commits: Array.from({ length: times }, () => ({ files })),
    })
  await push(5)
  const source = { url: `${github.url}/octo/secret.git`, token: await installationToken() }
  return { github, push, source }
}

describe('a mirror', () => {
  it('holds commits and directories, not files, and then only fetches what is new', async () => {
    const { push, source, github } = await privateRepository()
    const mirror = await opened(emptyFolder())
    await fetchRefs(mirror, { source, refspecs: [head] })
    expect(commitsIn(mirror)).toBe(6)
    const missing = git(
      mirror.folder,
      'rev-list',
      '--objects',
      '--missing=print',
      'refs/upstream/HEAD',
    )
    expect(missing.match(/^\?/gm)).toHaveLength(5)

    const [blob = ''] = missing.match(/(?<=^\?)\w+/gm) ?? []
    await fetchObjects(mirror, { source, objects: [blob] })
    expect(git(mirror.folder, 'cat-file', '-p', blob)).toMatch(/^Change \d+$/)

    await push(2)
    await fetchRefs(mirror, { source, refspecs: [head] })
    expect(commitsIn(mirror)).toBe(8)
    const asked = github.requests.filter(({ operation }) => operation === 'git git-upload-pack')
    expect(asked.length).toBeGreaterThan(3)
    await eraseMirror({ dataDirectory: join(mirror.folder, '..', '..'), repositoryId: 7 })
    expect(existsSync(mirror.folder)).toBe(false)
  })

  it('begins again after a first fetch that was cut off, and after a git that was killed', async () => {
    const { github, source } = await privateRepository()
    const dataDirectory = emptyFolder()
    const mirror = await opened(dataDirectory)
    github.fail({ path: /git-upload-pack$/, method: 'POST', status: 'cut', times: 2 })
    expect(await failureOf(fetchRefs(mirror, { source, refspecs: [head] }))).toMatchObject({
      kind: 'passing',
    })
    github.clearFaults()
    for (const left of ['packed-refs.lock', 'refs/HEAD.lock', 'objects/pack/tmp_pack_x']) {
      gitReading('', mirror.folder, 'init', '--quiet', '--bare', '--template=')
      writeFileSync(join(mirror.folder, left), 'half', { flag: 'w' })
    }
    const again = await opened(dataDirectory)
    await fetchRefs(again, { source, refspecs: [head] })
    expect(commitsIn(again)).toBe(6)
    expect(existsSync(join(again.folder, 'objects/pack/tmp_pack_x'))).toBe(false)
  })

  it('takes a hundred heads of forks in one transfer, and names the one that is missing', async () => {
    const { github } = await double()
    const forks = []
    for (let index = 0; index < 100; index += 1) {
      const { fullName } = await github.fork('octo/model', { owner: `person-${index}` })
      await github.push(fullName, { by: `person-${index}` })
      const { id, branches } = github.world.repository(fullName)
      forks.push(`+${branches.get('main')}:refs/forks/${id}/main`)
    }
    const mirror = await opened(emptyFolder())
    const source = { url: `${github.url}/octo/model`, token: null }
    await fetchRefs(mirror, { source, refspecs: [head] })
    const gone = '1'.repeat(40)
    const failure = await failureOf(
      fetchRefs(mirror, { source, refspecs: [...forks, `+${gone}:refs/forks/1/main`] }),
    )
    expect(failure).toMatchObject({ kind: 'no object', missing: gone })
    const before = github.requests.length
    await fetchRefs(mirror, { source, refspecs: forks })
    expect(
      git(mirror.folder, 'for-each-ref', '--format=%(refname)', 'refs/forks').split('\n'),
    ).toHaveLength(100)
    expect(github.requests.length - before).toBeLessThan(6)
  })

  it('stays one pack or few, however often it is brought up to date', async () => {
    const { source, push } = await privateRepository()
    const mirror = await opened(emptyFolder())
    for (let turn = 0; turn < 42; turn += 1) {
      await push(1)
      await fetchRefs(mirror, { source, refspecs: [head] })
      await tidyMirror(mirror)
    }
    expect(
      Number(/packs: (\d+)/.exec(git(mirror.folder, 'count-objects', '-v'))?.[1]),
    ).toBeLessThan(5)
    expect(commitsIn(mirror)).toBe(48)
  })

  it('comes from a folder only where one is named', async () => {
    const folder = repositoryOf([{ by: mona }, { by: mona }])
    const mirror = await opened(emptyFolder())
    await fetchRefs(mirror, { source: { folder }, refspecs: [head] })
    expect(commitsIn(mirror)).toBe(2)
    for (const url of [folder, `file://${folder}`, `ext::sh -c true`, 'ssh://lab.dev/x', '-x']) {
      await expect(
        fetchRefs(mirror, { source: { url, token: null }, refspecs: [head] }),
      ).rejects.toThrow('no address')
    }
  })
})

describe('a fetch that fails says why', () => {
  const fetching = async (
    source: { url: string; token: string | null } | { folder: string },
    refspecs = [head],
  ) => fetchRefs(await opened(emptyFolder()), { source, refspecs, deadlineMs: 2_000 })

  it.each([
    ['there is no such repository', (url: string) => `${url}/octo/none`, 'absent'],
    ['nobody answers', () => 'http://127.0.0.1:1/octo/model', 'passing'],
    ['the name leads nowhere', () => 'https://nowhere.invalid/octo/model', 'passing'],
  ])('%s', async (_, address, kind) => {
    const { source, github } = await privateRepository()
    const failure = await failureOf(fetching({ ...source, url: address(github.url) }))
    expect(failure).toMatchObject({ kind, missing: null })
  })

  it.each([
    ['GitHub lets nobody in', 403, 'refused'],
    ['GitHub is unwell', 502, 'passing'],
    ['GitHub never answers', 'hang', 'passing'],
    ['the connection is lost', 'drop', 'passing'],
    ['the repository is locked away', 451, 'absent'],
  ] as const)('%s', async (_, status, kind) => {
    const { source, github } = await privateRepository()
    github.fail({ path: /\/info\/refs$/, status, times: 5 })
    expect(await failureOf(fetching(source))).toMatchObject({ kind })
  })

  it('a token is none, or none any more', async () => {
    const { source } = await privateRepository()
    expect(await failureOf(fetching({ ...source, token: null }))).toMatchObject({ kind: 'refused' })
    expect(await failureOf(fetching({ ...source, token: 'ghs_old' }))).toMatchObject({
      kind: 'refused',
    })
  })

  it('there is nothing in it yet', async () => {
    const folder = emptyFolder()
    git(folder, 'init', '--quiet')
    expect(await failureOf(fetching({ folder }))).toMatchObject({ kind: 'no ref', missing: 'HEAD' })
    expect(await failureOf(fetching({ folder: `${folder}/none` }))).toMatchObject({
      kind: 'absent',
    })
  })

  it('git is not installed', async () => {
    const mirror = openMirror({
      dataDirectory: emptyFolder(),
      repositoryId: 7,
      environment: { PATH: emptyFolder() },
    })
    await expect(mirror).rejects.toMatchObject({ kind: 'no git' })
  })

  it.each([
    ['http://lab.dev/octo/model', 'not encrypted'],
    ['https://mona:word@lab.dev/octo/model', 'holds a name or a password'],
  ])('%s is not tried at all', async (url, words) => {
    const failing = fetching({ url, token: null })
    await expect(failing).rejects.toThrow(words)
    await expect(failing).rejects.not.toThrow('word@')
  })
})

describe('a token', () => {
  it('goes to the server, and nowhere else', async () => {
    const { source, github } = await privateRepository()
    const { seen, environment } = watchedGit()
    const mirror = await opened(emptyFolder(), environment)
    await fetchRefs(mirror, { source, refspecs: [head] })
    github.fail({ path: /\/info\/refs$/, status: 403, times: 5 })
    const { message, stack } = await failureOf(fetchRefs(mirror, { source, refspecs: [head] }))
    const secrets = [source.token, btoa(`x-access-token:${source.token}`)]
    for (const text of [
      seen(),
      readFileSync(join(mirror.folder, 'config'), 'utf8'),
      message,
      stack,
    ]) {
      for (const secret of secrets) expect(text).not.toContain(secret)
    }
    expect(seen()).toContain('fetch')
  })

  it('does not follow a redirect, not even to the same host', async () => {
    const { source, github } = await privateRepository()
    const stranger = await double()
    const location = `${stranger.github.url}/octo/model.git/info/refs?service=git-upload-pack`
    github.fail({ path: /\/info\/refs$/, status: 301, headers: { location }, times: 5 })
    const mirror = await opened(emptyFolder())
    expect(await failureOf(fetchRefs(mirror, { source, refspecs: [head] }))).toMatchObject({
      kind: 'refused',
    })
    expect(stranger.github.requests).toEqual([])
  })

  it('is not found in a .netrc, nor taken from a helper', async () => {
    const { source } = await privateRepository()
    const home = emptyFolder()
    const trap = join(home, 'trap')
    writeFileSync(trap, `#!/bin/sh\ntouch '${home}/sprung'\n`, { mode: 0o755 })
    writeFileSync(
      join(home, '.gitconfig'),
      `[credential]\n\thelper = !'${trap}'\n[core]\n\taskPass = ${trap}\n`,
    )
    writeFileSync(join(home, '.netrc'), `machine 127.0.0.1 login x password ${source.token}\n`, {
      mode: 0o600,
    })
    const mirror = await opened(emptyFolder(), { ...process.env, HOME: home, GIT_ASKPASS: trap })
    const failure = await failureOf(
      fetchRefs(mirror, { source: { ...source, token: null }, refspecs: [head] }),
    )
    expect(failure.kind).toBe('refused')
    expect(existsSync(join(home, 'sprung'))).toBe(false)
  })
})

/** A git that writes down how it was called. */
function watchedGit() {
  const folder = emptyFolder()
  const log = join(folder, 'calls')
  const path = process.env.PATH
  writeFileSync(
    join(folder, 'git'),
    `#!/bin/sh\necho "$@" >> '${log}'\nPATH='${path}' exec git "$@"\n`,
  )
  chmodSync(join(folder, 'git'), 0o755)
  return {
    seen: () => readFileSync(log, 'utf8'),
    environment: { ...process.env, PATH: `${folder}:${path}` },
  }
}
