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

/** Which git there is, `2.39.5`; null: none. */
export async function gitVersion(environment: GitPlace['environment']): Promise<string | null> {
  try {
    const { out } = await askGit({ folder: '.', environment }, ['version'])
    return /\d[\d.]*/.exec(out)?.[0] ?? null
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

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
  for await (const tokens of tokensOfGit(place, args)) tokens.forEach(onToken)
}

/**
 * The same for who works slower than git: it waits, and is ended when nobody
 * wants more. Each array is as much as came at once, and may be empty.
 * @throws UserError when git cannot read on, with its own words
 */
export async function* tokensOfGit(
  place: GitPlace,
  args: readonly string[],
  input = '',
): AsyncGenerator<string[]> {
  const git = start(place, args)
  git.stdin?.end(input)
  const ended = endOf(git)
  ended.catch(() => {}) // awaited below, unless nobody wants more
  let rest = ''
  try {
    git.stdout?.setEncoding('utf8')
    for await (const chunk of git.stdout ?? []) {
      const tokens = (rest + chunk).split('\0')
      rest = tokens.pop() ?? ''
      yield tokens
    }
    const { exitCode, error } = await ended
    if (exitCode !== 0) {
      throw new UserError(
        `git could not read ${JSON.stringify(place.folder)} to its end: ${error.trim() || `exit code ${exitCode}`}. "git fsck" there says what is damaged; a new clone mends it.`,
      )
    }
  } finally {
    git.kill()
  }
}

/**
 * Runs one git whose output is another's input; for what is long between them
 * and short in the end. Its exit code is the first's unless that is 0.
 */
export async function pipeGit(
  place: GitPlace,
  { from, into, input }: { from: readonly string[]; into: readonly string[]; input: string },
): Promise<GitAnswer> {
  const [source, sink] = [start(place, from), start(place, into)]
  const ended = [endOf(source), endOf(sink)] as const
  const answer = collected(sink.stdout)
  if (sink.stdin !== null) source.stdout?.pipe(sink.stdin)
  source.stdin?.end(input)
  const [first, second] = await Promise.all(ended)
  const { exitCode, error } = first.exitCode === 0 ? second : first
  return { exitCode, out: await answer, error }
}

/** How git may leave its folder, and what only this run knows. */
export interface GitNetwork {
  protocol: 'https' | 'http' | 'file'
  /** by name; handed over in the environment, where no other user of the machine can look */
  settings: Readonly<Record<string, string>>
  /** then it is ended */
  deadlineMs: number
}

/** Of what git says while it transfers: enough for its last words, never all of it. */
const mostWords = 16_384

/**
 * Runs a transfer to its end. Its progress goes unheard, but is asked for: a
 * git whose parent was killed writes on into nothing, and ends by that.
 * @returns git's last words, without its progress
 */
export async function transferGit(
  place: GitPlace,
  args: readonly string[],
  { input, ...network }: GitNetwork & { input: string },
): Promise<{ exitCode: number | null; error: string; outOfTime: boolean }> {
  const git = start(place, args, network)
  let outOfTime = false
  const deadline = setTimeout(() => {
    outOfTime = true
    endAll(git)
  }, network.deadlineMs)
  try {
    git.stdout?.resume()
    git.stdin?.end(input)
    const { exitCode, error } = await endOf(git, mostWords)
    return { exitCode, error: error.replaceAll(/[^\r\n]*\r/g, ''), outOfTime }
  } finally {
    clearTimeout(deadline)
  }
}

function endAll(git: ChildProcess): void {
  try {
    if (git.pid !== undefined) process.kill(-git.pid)
  } catch {
    git.kill() // there are no groups here, or all of it has ended
  }
}

/** Of the surroundings, how to reach the network. No HOME: neither a `.netrc` nor a person's settings have a say. */
const networkVariables = [
  ...['HTTPS_PROXY', 'https_proxy', 'http_proxy', 'ALL_PROXY', 'all_proxy', 'NO_PROXY', 'no_proxy'],
  ...['GIT_SSL_CAINFO', 'GIT_SSL_CAPATH', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
]

function start(
  { folder, environment }: GitPlace,
  args: readonly string[],
  network: GitNetwork | null = null,
): ChildProcess {
  const abroad = network !== null && network.protocol !== 'file'
  const names = abroad ? networkVariables : ['HOME', 'XDG_CONFIG_HOME']
  const git = spawn('git', ['--no-pager', ...settings, '-C', folder, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A transfer starts programs of its own, which are ended with it: they form a group.
    detached: network !== null,
    env: {
      ...Object.fromEntries(names.map((name) => [name, environment[name]])),
      PATH: environment.PATH,
      SYSTEMROOT: environment.SYSTEMROOT,
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_OPTIONAL_LOCKS: '0',
      GIT_NO_LAZY_FETCH: '1',
      GIT_ALLOW_PROTOCOL: network?.protocol ?? '',
      GIT_NO_REPLACE_OBJECTS: '1',
      ...settingVariables(network?.settings ?? {}),
    },
  })
  // A git that ends before it has read everything closes its side; its exit code tells why.
  git.stdin.on('error', () => {})
  return git
}

/** Settings as git takes them from its environment. */
function settingVariables(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings)
  if (entries.length === 0) return {}
  const variables = entries.flatMap(([name, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, name],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ])
  return { GIT_CONFIG_COUNT: String(entries.length), ...Object.fromEntries(variables) }
}

async function endOf(
  git: ChildProcess,
  mostErrors = Number.POSITIVE_INFINITY,
): Promise<{ exitCode: number | null; error: string }> {
  const error = collected(git.stderr, mostErrors)
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

/** What a stream says, of more than `most` characters the last ones. */
async function collected(
  stream: ChildProcess['stdout'],
  most = Number.POSITIVE_INFINITY,
): Promise<string> {
  let text = ''
  stream?.setEncoding('utf8')
  stream?.on('data', (chunk: string) => {
    text += chunk
    if (text.length > most) text = text.slice(-most)
  })
  if (stream !== null && !stream.closed) await once(stream, 'close').catch(() => {})
  return text
}
