import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { UserError } from '../errors.ts'
import { FetchFailed } from '../git/fetch-failure.ts'
import type { FetchSource } from '../git/fetch-source.ts'
import { openRepository } from '../git/repository.ts'
import type { GitPlace } from '../git/run-git.ts'

type Environment = GitPlace['environment']

/**
 * Where a fork that a person named is to be fetched from: a folder, or an
 * address. A token of theirs goes to GitHub's own host alone.
 * @throws UserError for a folder that is no whole clone, and for what is neither
 */
export async function forkSource(name: string, environment: Environment): Promise<FetchSource> {
  const folder = folderNamed(name)
  if (folder !== null) {
    const { shallow } = await asked(name, openRepository({ folder, environment }))
    if (shallow) {
      throw new UserError(
        `--fork ${name} is a shallow clone: what is its own cannot be told from what was cut off. Run git fetch --unshallow there.`,
      )
    }
    return { folder }
  }
  if (!URL.canParse(name) || !name.includes('://')) {
    throw new UserError(
      `--fork ${JSON.stringify(name)} is no folder and no address. Write the folder of a clone, or an address such as https://github.com/owner/name.git.`,
    )
  }
  const gitHub = environment.GHE_HOST || 'github.com'
  const token = new URL(name).host === gitHub ? environment.GITHUB_TOKEN : undefined
  return { url: name, token: token || null }
}

function folderNamed(name: string): string | null {
  if (existsSync(name)) return name
  if (!name.startsWith('file://')) return null
  try {
    return fileURLToPath(name)
  } catch {
    throw new UserError(`--fork ${JSON.stringify(name)} is no address of a folder on this machine.`)
  }
}

/** What a failed fetch of a fork means for the person who named it. */
export async function asked<Answer>(name: string, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (failure) {
    if (failure instanceof UserError) throw new UserError(`--fork ${name}: ${failure.message}`)
    if (failure instanceof FetchFailed) throw new UserError(told(name, failure))
    throw failure
  }
}

function told(name: string, { kind, message }: FetchFailed): string {
  switch (kind) {
    case 'absent':
      return `--fork ${name}: there is no git repository that everybody may read. Check the address; for a private one on GitHub, set GITHUB_TOKEN.`
    case 'refused':
      return `--fork ${name}: the server lets nobody in (${message}). Check the address, or clone it yourself and name the folder.`
    case 'no ref':
      return `--fork ${name} has no commits on its default branch.`
    case 'passing':
      return `--fork ${name} cannot be reached (${message}). Check the address, or try again in a while.`
    case 'no git':
      return message
    case 'no object':
    case 'broken':
      return `--fork ${name}: ${message}`
  }
}
