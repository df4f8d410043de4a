import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { emptyFolder } from '../git/repository-of.ts'
import { double } from './double.ts'

const run = promisify(execFile)

/** git as a stranger to this machine's settings would run it. */
async function git(folder: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  }
  const { stdout } = await run('git', ['-C', folder, ...args], { env })
  return stdout.trim()
}

async function cloned(url: string, token: string | null = null) {
  const folder = emptyFolder()
  const header = `http.extraHeader=Authorization: Basic ${btoa(`x-access-token:${token}`)}`
  await git(
    folder,
    ...(token === null ? [] : ['-c', header]),
    'clone',
    '--quiet',
    '--mirror',
    url,
    '.',
  )
  return folder
}

describe('a repository of the double', () => {
  it('is a real one: the commits that it tells of are the ones that git finds', async () => {
    const { github } = await double()
    const author = { name: 'Ünal <x>', email: 'u@lab.dev' }
    await github.push('octo/model', {
      by: 'mona',
      commits: [
        { author, message: 'Title\n\nBody', files: [{ filename: 'src/a/b.ts', status: 'added' }] },
        { coAuthors: ['ada'], files: [{ filename: 'src.md' }, { filename: 'src/a/c d.ts' }] },
        {
          files: [
            { filename: 'src/a/b.ts', status: 'removed' },
            { filename: 'not there', status: 'removed' },
          ],
        },
      ],
    })
    const { number } = await github.openPullRequest('octo/model', { author: 'newcomer' })
    await github.mergePullRequest('octo/model', number, { by: 'mona' })
    const squashed = await github.openPullRequest('octo/model', { author: 'newcomer' })
    await github.mergePullRequest('octo/model', squashed.number, { by: 'mona', method: 'squash' })

    const folder = await cloned(`${github.url}/octo/model`)
    await git(folder, 'fsck', '--strict')
    const shas = (await git(folder, 'rev-list', 'HEAD')).split('\n')
    expect(shas).toHaveLength(7)
    const shown = await git(folder, 'log', '--format=%H %an <%ae> %ct', '--name-only', 'HEAD')
    for (const sha of shas) {
      const commit = github.world.commits.get(sha)
      if (commit === undefined) throw new Error(`The double does not know ${sha}`)
      expect(shown).toContain(
        [
          `${sha} ${commit.author.name} <${commit.author.email}> ${commit.committedAt.getTime() / 1000}`,
          ...(commit.files.length === 0
            ? []
            : ['', ...commit.files.map(({ filename }) => filename)]),
        ].join('\n'),
      )
    }
    expect(await git(folder, 'for-each-ref', '--format=%(refname)')).toContain('refs/pull/1/head')
  })

  it('is up to date with every push, and a fork shares its commits', async () => {
    const { github } = await double()
    const folder = await cloned(`${github.url}/octo/model.git`)
    await github.push('octo/model', { by: 'mona' })
    const fork = await github.fork('octo/model', { owner: 'newcomer' })
    await github.push(fork.fullName, { by: 'newcomer', branch: 'try' })
    const sha = github.world.repository(fork.fullName).branches.get('try') ?? ''
    await git(folder, 'fetch', '--quiet', 'origin', 'HEAD', `${sha}:refs/heads/of-the-fork`)
    expect(await git(folder, 'rev-list', '--count', 'refs/heads/of-the-fork')).toBe('3')
  })

  it('is there only for those who may see it', async () => {
    const { github, installationToken } = await double()
    github.addRepository('octo', 'secret', { private: true })
    const url = `${github.url}/octo/secret.git`
    const token = await installationToken()
    await expect(cloned(url, token)).resolves.toEqual(expect.any(String))
    await expect(cloned(url)).rejects.toThrow('could not read Username')
    const forOther = await installationToken({ repositories: ['model'] })
    await expect(cloned(url, forOther)).rejects.toThrow('not found')
    const forIssues = await installationToken({ permissions: { issues: 'read' } })
    await expect(cloned(url, forIssues)).rejects.toThrow('403')
    await expect(cloned(`${github.url}/octo/none.git`, token)).rejects.toThrow('not found')
    await github.renameRepository('octo/secret', 'open')
    await expect(cloned(url, token)).resolves.toEqual(expect.any(String))
    await github.deleteRepository('octo/open')
    await expect(cloned(url, token)).rejects.toThrow('not found')
  })
})
