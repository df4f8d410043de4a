/**
 * What it costs to know a fork network, counted by a GitHub of its own: the
 * first scan, a day on which nothing happened, and one on which one fork was
 * pushed to, beside one request for each fork, as tools that know no better
 * make. That way is gone in full up to 2,000 forks, and worked out beyond:
 * each fork costs the same there. Ends with exit code 1 where a target is missed.
 *
 *     npm run build && node dist/bench/forks-scan.js [forks]…
 */
import { generateKeyPairSync } from 'node:crypto'
import { pino } from 'pino'
import { beginIfIdle, forkScanStep } from '../jobs/fork-scan-step.ts'
import { settleForkStates } from '../jobs/settle-fork-states.ts'
import { type Octokit, openGitHubApp } from '../src/github/github-app.ts'
import { type GitHub, startGitHub } from '../src/sandbox/github.ts'
import { type Database, openEmbedded } from '../src/store/database.ts'
import { endForkScan, forkScanOf, wantForkScan } from '../src/store/fork-scans.ts'
import { noticeInstallation } from '../src/store/installations.ts'
import { migrate } from '../src/store/migrations/index.ts'
import { track } from '../src/store/repositories.ts'

const asked = process.argv.slice(2).map(Number)
const sizes = asked.length > 0 ? asked : [1_000, 10_000, 30_000]
/** At the most, of 10,000 forks; a larger network costs in proportion. */
const targets = { first: 110, quietDay: 3, onePush: 1 }
const mostOneByOne = 2_000
const engine = 'example-lab/engine'
const webhookSecret = 'a webhook secret of the bench'
const hourMs = 60 * 60_000

interface Row {
  forks: number
  first: number
  points: number
  quietDay: number
  onePush: number
  oneByOne: string
  seconds: number
  megabytes: number
}

async function measure(forks: number, db: Database): Promise<Row> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const clock = { now: new Date('2026-11-16T09:00:00Z') }
  const now = () => clock.now
  const keys = { privateKey, publicKey }
  const authenticationNow = () => new Date()
  const github = await startGitHub({ now, authenticationNow, appId: 1, webhookSecret, ...keys })
  try {
    github.addOrganization('example-lab')
    const root = github.addRepository('example-lab', 'engine')
    const { id: installationId } = github.addInstallation('example-lab')
    github.addForkNetwork(engine, {
      from: new Date('2023-02-01T00:00:00Z'),
      direct: forks,
      pushedEvery: 16,
      forkedEvery: 33,
    })
    await github.push(engine, { by: 'mara', commits: Array.from({ length: 50 }, () => ({})) })
    const { github: app } = await openGitHubApp({
      credentials: { appId: 1, privateKey, webhookSecret },
      github: {
        host: github.host,
        apiUrl: `${github.url}/api/v3`,
        htmlUrl: github.url,
        token: null,
      },
      log: pino({ level: 'silent' }),
      redisUrl: null,
      throttle: false,
      budgets: null,
    })
    const { id: repositoryId, owner } = root
    await noticeInstallation(db, {
      id: installationId,
      accountId: owner.id,
      accountLogin: owner.login,
    })
    await track(db, {
      ...{ repositoryId, installationId, at: now(), fullName: engine, private: false },
      ...{ ownerId: owner.id, ownerLogin: owner.login, ownerType: owner.type },
    })
    const octokit = await app.installation({ installationId, repositoryId, purpose: 'forks' })
    const scan = async (kind: 'whole' | 'pushes') => {
      await wantForkScan(db, repositoryId, { at: now(), kind })
      return await counted(github, () => scanned(octokit, repositoryId, { db, now }))
    }
    const began = performance.now()
    const first = await scan('whole')
    const seconds = (performance.now() - began) / 1_000
    clock.now = new Date(clock.now.getTime() + 24 * hourMs)
    const quietDay = await scan('pushes')
    const [pushed] = root.forks
    clock.now = new Date(clock.now.getTime() + 12 * hourMs)
    if (pushed === undefined) throw new Error('There are no forks')
    await github.push(`${pushed.owner.login}/${pushed.name}`, { by: pushed.owner.login })
    clock.now = new Date(clock.now.getTime() + 12 * hourMs)
    const onePush = await scan('pushes')
    return {
      forks: root.forks.length,
      first: first.requests,
      points: first.points,
      quietDay: quietDay.requests,
      onePush: onePush.requests - quietDay.requests,
      oneByOne: await oneByOne(octokit, github, root.forks.length),
      seconds,
      megabytes: process.memoryUsage().rss / 2 ** 20,
    }
  } finally {
    await github.close()
  }
}

async function scanned(
  octokit: Octokit,
  repositoryId: number,
  deps: { db: Database; now: () => Date },
): Promise<void> {
  for (;;) {
    const promised = await forkScanOf(deps.db, repositoryId)
    if (promised === null) throw new Error('No scan is promised')
    await beginIfIdle(repositoryId, promised, deps)
    const scan = (await forkScanOf(deps.db, repositoryId)) ?? promised
    const { startedAt } = scan
    const where = { id: repositoryId, owner: 'example-lab', name: 'engine' }
    const asked = startedAt && { scan, startedAt, byGit: false }
    if (asked !== null && (await forkScanStep(octokit, where, asked, deps))) continue
    await endForkScan(deps.db, repositoryId, { at: deps.now(), scan })
    return await settleForkStates(repositoryId, deps)
  }
}

async function counted(github: GitHub, run: () => Promise<void>) {
  const before = github.requests.length
  await run()
  const made = github.requests
    .slice(before)
    .filter(({ operation }) => operation?.includes('access_tokens') !== true)
  return { requests: made.length, points: made.reduce((sum, { points }) => sum + points, 0) }
}

/** Lists every fork, compares each, and looks for forks of those that have some. */
async function oneByOne(octokit: Octokit, github: GitHub, forks: number): Promise<string> {
  if (forks > mostOneByOne) {
    const lists = Math.ceil(forks / 100)
    const below = Math.floor(forks / 33)
    return `about ${lists + forks + 2 * below}`
  }
  const walk = async (owner: string, repo: string): Promise<void> => {
    for (let page = 1; ; page += 1) {
      const { data } = await octokit.rest.repos.listForks({ owner, repo, per_page: 100, page })
      for (const fork of data) {
        const head = `${fork.owner.login}:${fork.default_branch}`
        const basehead = `${'main'}...${head}`
        await octokit.rest.repos.compareCommitsWithBasehead({
          ...{ owner: 'example-lab', repo: 'engine', basehead, per_page: 1 },
        })
        if ((fork.forks_count ?? 0) > 0) await walk(fork.owner.login, fork.name)
      }
      if (data.length < 100) return
    }
  }
  const { requests } = await counted(github, () => walk('example-lab', 'engine'))
  return String(requests)
}

function print(rows: readonly Row[]): void {
  const titles = ['direct forks', 'first scan', 'points', 'quiet day', 'one push', 'one by one']
  const line = (cells: readonly (string | number)[]) =>
    `${cells.map((cell) => String(cell).padStart(13)).join('')}\n`
  process.stdout.write(line([...titles, 'seconds', 'MB']))
  for (const { seconds, megabytes, ...row } of rows) {
    process.stdout.write(line([...Object.values(row), seconds.toFixed(1), megabytes.toFixed(0)]))
  }
}

const rows: Row[] = []
for (const forks of sizes) {
  const open = await openEmbedded(null)
  try {
    await migrate(open.db)
    rows.push(await measure(forks, open.db))
  } finally {
    await open.close()
  }
}
print(rows)
const isMissed = ({ forks, first, quietDay, onePush }: Row) =>
  first > Math.max(10, (targets.first * forks) / 10_000) ||
  quietDay > targets.quietDay ||
  onePush > targets.onePush
process.exitCode = rows.some(isMissed) ? 1 : 0
