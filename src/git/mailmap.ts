import type { GitRepository } from './repository.ts'
import { askGit } from './run-git.ts'

interface Signed {
  name: string
  email: string
}

/** What the repository's `.mailmap` makes of signatures that a log does not map by itself: co-authors. In their order. */
export async function mapped(
  repository: GitRepository,
  signatures: readonly Signed[],
): Promise<Signed[]> {
  if (signatures.length === 0) return []
  const lines = signatures.map(({ name, email }) => `${oneLine(name)} <${oneLine(email)}>`)
  const { exitCode, out } = await askGit(
    repository,
    ['check-mailmap', '--stdin'],
    `${lines.join('\n')}\n`,
  )
  const answers = out.split('\n')
  if (exitCode !== 0 || answers.length !== lines.length + 1) return [...signatures]
  return signatures.map((signature, index) => signedIn(answers[index] ?? '') ?? signature)
}

function oneLine(text: string): string {
  return text.replaceAll(/[\n\r<>]/g, ' ').trim()
}

function signedIn(line: string): Signed | null {
  const open = line.lastIndexOf('<')
  return open === -1 || !line.endsWith('>')
    ? null
    : { name: line.slice(0, open).trim(), email: line.slice(open + 1, -1) }
}
