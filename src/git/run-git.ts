import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { devNull } from 'node:os'
import { UserError } from '../errors.ts'

/** A git folder to read, and the surroundings that git may see. */
export interface GitPlace {
  folder: string
  /** variables by name; of them git sees only where programs and the person's own settings are */
  environment: Readonly<Record<string, string | undefined>>
}

/** What a finished git said. */
export interface GitAnswer {
  exitCode: number | null
  out: string
  error: string
}

/**
 * Settings that a stranger's repository may not decide: they start programs
 * (hooks, monitors, pagers, signature checks) or change what a log shows.
 */
const settings = [
  'core.fsmonitor=false',
  `core.hooksPath=${devNull}`,
  `core.attributesFile=${devNull}`,
  'core.pager=cat',
  'gc.auto=0',
  'maintenance.auto=false',
  'log.showSignature=false',
  'log.showRoot=true',
  'protocol.allow=never',
].flatMap((setting) => ['-c', setting])

/** Runs git to its end; for answers that are short. */
export async function askGit(
  place: GitPlace,
  args: readonly string[],
  input = '',
): Promise<GitAnswer> {
  const git = start(place, args)
  const ended = endOf(git)
  const answer = collected(git.stdout)
  git.stdin?.end(input)
  const { exitCode, error } = await ended
  return { exitCode, out: await answer, error }
}

/**
 * Runs git and hands over its output as it comes, cut at NUL: no more than a
 * piece of it is ever held.
 * @throws UserError when git cannot read on, with its own words
 */
export async function readGit(
  place: GitPlace,
  args: readonly string[],
  onToken: (token: string) => void,
): Promise<void> {
  const git = start(place, args)
  git.stdin?.end()
  const ended = endOf(git)
  let rest = ''
  git.stdout?.setEncoding('utf8')
  git.stdout?.on('data', (chunk: string) => {
    const text = rest === '' ? chunk : rest + chunk
    let from = 0
    for (let end = text.indexOf('\0'); end !== -1; end = text.indexOf('\0', from)) {
      onToken(text.slice(from, end))
      from = end + 1
    }
    rest = text.slice(from)
  })
  const { exitCode, error } = await ended
  if (exitCode !== 0) {
    throw new UserError(
      `git could not read ${JSON.stringify(place.folder)} to its end: ${error.trim() || `exit code ${exitCode}`}. "git fsck" there says what is damaged; a new clone mends it.`,
    )
  }
}

function start({ folder, environment }: GitPlace, args: readonly string[]): ChildProcess {
  const git = spawn('git', ['--no-pager', ...settings, '-C', folder, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    env: {
      PATH: environment.PATH,
      HOME: environment.HOME,
      XDG_CONFIG_HOME: environment.XDG_CONFIG_HOME,
      SYSTEMROOT: environment.SYSTEMROOT,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: '',
      GIT_NO_REPLACE_OBJECTS: '1',
    },
  })
  // A git that ends before it has read everything closes its side; its exit code tells why.
  git.stdin.on('error', () => {})
  return git
}

async function endOf(git: ChildProcess): Promise<{ exitCode: number | null; error: string }> {
  const error = collected(git.stderr)
  try {
    const [exitCode] = await once(git, 'close')
    return { exitCode: typeof exitCode === 'number' ? exitCode : null, error: await error }
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') {
      throw new UserError('git is not installed, or is not on PATH. Install it and try again.')
    }
    throw failure
  }
}

async function collected(stream: ChildProcess['stdout']): Promise<string> {
  let text = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    text += chunk
  })
  if (stream !== null && !stream.closed) await once(stream, 'close').catch(() => {})
  return text
}
