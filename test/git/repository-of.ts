import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A commit to make; all but its author is found. */
export interface Made {
  /** `Name <address>` */
  by: string
  at?: string
  message?: string
  path?: string
  /** commits by their place in the list; by default the one before */
  parents?: number[]
}

const surroundings = {
  PATH: process.env.PATH,
  HOME: tmpdir(),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
}

export function git(folder: string, ...args: string[]): string {
  return gitReading('', folder, ...args)
}

export function gitReading(input: string, folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    input,
    encoding: 'utf8',
    env: surroundings,
    stdio: ['pipe', 'pipe', 'pipe'],
  }).trim()
}

export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-git-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A repository of these commits on `main`, each also as the tag `c0`, `c1`, …; gone after the test. */
export function repositoryOf(commits: readonly Made[], files: Record<string, string> = {}): string {
  const folder = emptyFolder()
  git(folder, 'init', '--quiet', '--initial-branch=main')
  const stream = commits.map((commit, index) => commitText(commit, index, files)).join('')
  execFileSync('git', ['-C', folder, 'fast-import', '--quiet', '--date-format=raw'], {
    input: `${stream}done\n`,
    env: surroundings,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

function commitText(commit: Made, index: number, files: Record<string, string>): string {
  const { by, message = `Change ${index}`, parents = index === 0 ? [] : [index - 1] } = commit
  const at = commit.at ?? `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`
  const seconds = Date.parse(at) / 1000
  const { path = `src/part-${index}/file.ts` } = commit
  const contents = Object.entries({ ...files, [path]: `${index}` })
  const lines = [
    ...(parents.length === 0 ? ['reset refs/heads/main'] : []),
    'commit refs/heads/main',
    `mark :${index + 1}`,
    `author ${by} ${seconds} +0000`,
    `committer Web <web@example.dev> ${seconds} +0000`,
    `data ${Buffer.byteLength(message)}\n${message}`,
    ...parents.map((parent, place) => `${place === 0 ? 'from' : 'merge'} :${parent + 1}`),
    ...contents.map(
      ([name, text]) =>
        `M 100644 inline ${JSON.stringify(name)}\ndata ${Buffer.byteLength(text)}\n${text}`,
    ),
    '',
    `reset refs/tags/c${index}`,
    `from :${index + 1}`,
  ]
  return `${lines.join('\n')}\n\n`
}
