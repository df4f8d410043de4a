import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Repository } from '../entities.ts'
import type { World } from '../world.ts'
import { packOf } from './pack.ts'

/** What a program of git's said. */
export interface Ran {
  exitCode: number | null
  out: Buffer
}

/**
 * The double's commits on disk, as bare repositories that git can serve: written
 * when somebody asks for them, one object store for all, as GitHub keeps a fork
 * network.
 */
export class StoredGit {
  readonly #world: World
  readonly #written = new Set<string>()
  #root: string | null = null
  #writing: Promise<unknown> = Promise.resolve()

  constructor(world: World) {
    this.#world = world
  }

  /** Brings a repository up to date, and says where it is: the root of all, and its place there. */
  async place(repository: Repository): Promise<{ root: string; path: string }> {
    const placed = this.#writing.then(() => this.#write(repository))
    this.#writing = placed.catch(() => {})
    return await placed
  }

  close(): void {
    if (this.#root !== null) rmSync(this.#root, { recursive: true, force: true })
  }

  async #write(repository: Repository): Promise<{ root: string; path: string }> {
    const root = this.#root ?? mkdtempSync(join(tmpdir(), 'groundswell-github-'))
    this.#root = root
    const store = join(root, 'objects.git')
    if (!existsSync(store)) await init(store)
    const pack = packOf(this.#world.commits.values(), this.#written)
    if (pack !== null) await git(['-C', store, 'index-pack', '--stdin', '--fix-thin'], pack)
    const path = `${repository.id}.git`
    const folder = join(root, path)
    if (!existsSync(folder)) await initLike(folder, store)
    writeRefs(folder, repository)
    return { root, path }
  }
}

async function init(folder: string): Promise<void> {
  await git(['init', '--quiet', '--bare', '--template=', folder])
}

/** As GitHub serves: parts of a history, and any commit of the network by its id. */
async function initLike(folder: string, store: string): Promise<void> {
  await init(folder)
  mkdirSync(join(folder, 'objects', 'info'), { recursive: true })
  writeFileSync(join(folder, 'objects', 'info', 'alternates'), `${join(store, 'objects')}\n`)
  appendFileSync(
    join(folder, 'config'),
    '[uploadpack]\n\tallowFilter = true\n\tallowAnySHA1InWant = true\n[http]\n\tuploadpack = true\n',
  )
}

/** Branches and the heads of pull requests; HEAD is the default branch, there or not. */
function writeRefs(folder: string, repository: Repository): void {
  const heads = [...repository.branches].map(([name, sha]) => [`refs/heads/${name}`, sha] as const)
  const pulls = [...repository.threads.values()].flatMap(({ number, pull }) =>
    pull === null ? [] : [[`refs/pull/${number}/head`, pull.head.sha] as const],
  )
  const lines = [...heads, ...pulls].filter(([, sha]) => sha !== '')
  const sorted = lines.map(([name, sha]) => `${sha} ${name}\n`).toSorted(byName)
  writeFileSync(join(folder, 'packed-refs'), `# pack-refs with: sorted \n${sorted.join('')}`)
  writeFileSync(join(folder, 'HEAD'), `ref: refs/heads/${repository.defaultBranch}\n`)
}

const byName = (a: string, b: string) =>
  Buffer.compare(Buffer.from(a.slice(41)), Buffer.from(b.slice(41)))

async function git(args: string[], input: Buffer = Buffer.alloc(0)): Promise<void> {
  const { exitCode } = await runGit(args, input, {})
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')} ended with ${exitCode}`)
}

/** Where git is usually found. The double is not told of the surroundings, and works without it otherwise. */
const searchPath = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'

/** Runs git to its end, untouched by anybody's settings. */
export async function runGit(
  args: readonly string[],
  input: Buffer,
  variables: Record<string, string>,
): Promise<Ran> {
  const child = spawn('git', args, {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      PATH: searchPath,
      GIT_CONFIG_NOSYSTEM: '1',
      ...variables,
    },
  })
  child.stdin.on('error', () => {}) // it may end before it has read everything
  child.stdin.end(input)
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [exitCode] = await once(child, 'close')
  return { exitCode: typeof exitCode === 'number' ? exitCode : null, out: Buffer.concat(chunks) }
}
