import { questionsOf } from '../src/sandbox/discussions.ts'
import type {
  Account,
  Comment,
  DiscussionComment,
  Repository,
  Review,
  Thread,
} from '../src/sandbox/entities.ts'
import { addThread } from '../src/sandbox/threads.ts'
import type { World } from '../src/sandbox/world.ts'

/** A large open-model project after six years. */
export const reference = {
  pullRequests: 30_000,
  issues: 30_000,
  reviews: 60_000,
  reviewComments: 80_000,
  pullRequestComments: 120_000,
  issueComments: 100_000,
  forks: 10_000,
  releases: 300,
  discussions: 500,
  stars: 25_000,
  people: 3_000,
}
export type Size = typeof reference

/** What comes with a page of threads, and how many conversations are longer. */
const shortPullRequest = 20
const longPullRequests = 0.04
const shortIssue = 10
const longIssues = 0.08

const dayMs = 24 * 60 * 60_000
const years = 6
const seed = 20_261_116

/** Numbers that look random and are the same in every run. */
function seeded(state: number): () => number {
  let current = state
  return () => {
    current = (current + 0x6d2b79f5) | 0
    let mixed = Math.imul(current ^ (current >>> 15), 1 | current)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Fills a repository of the double with such a project, directly: through what
 * people do, it would take hours and tell the App of everything.
 */
export function fill(world: World, repository: Repository, size: Size): void {
  const random = seeded(seed)
  const end = world.now().getTime()
  const start = end - years * 365 * dayMs
  repository.createdAt = new Date(start)
  const people = Array.from({ length: size.people }, (_, index) =>
    account(world, `person-${index}`),
  )
  // A few do most of it.
  const somebody = () => people[Math.floor(people.length * random() ** 3)] ?? world.bot
  const making = { world, repository, random, somebody }

  const talk = conversations(random, size)
  const threads = size.pullRequests + size.issues
  for (let index = 0; index < threads; index += 1) {
    const at = new Date(start + ((end - start) * index) / threads)
    const isPull = index % 2 === 0 ? talk.pulls.length > 0 : talk.issues.length === 0
    if (isPull) addPullRequest(making, at, talk.pulls.pop() ?? nothing)
    else addIssue(making, at, talk.issues.pop() ?? nothing)
  }
  addRest(making, size, { start, end })
}

interface Making {
  world: World
  repository: Repository
  random: () => number
  somebody: () => Account
}

interface Talk {
  comments: number
  reviews: number
  reviewComments: number
}
const nothing: Talk = { comments: 0, reviews: 0, reviewComments: 0 }

function conversations(random: () => number, size: Size) {
  const spread = { random, short: shortPullRequest, longShare: longPullRequests }
  const comments = lengths(size.pullRequests, size.pullRequestComments, spread)
  const reviews = lengths(size.pullRequests, size.reviews, { ...spread, longShare: 0 })
  const lines = lengths(size.pullRequests, size.reviewComments, { ...spread, longShare: 0 })
  const issues = lengths(size.issues, size.issueComments, {
    ...{ random, short: shortIssue, longShare: longIssues },
  })
  return {
    pulls: comments.map((count, index) => ({
      comments: count,
      reviews: reviews[index] ?? 0,
      reviewComments: lines[index] ?? 0,
    })),
    issues: issues.map((count) => ({ ...nothing, comments: count })),
  }
}

/** So many conversations with so many comments in all: most are short, and a share is long, a few of them very. */
function lengths(
  count: number,
  total: number,
  { random, short, longShare }: { random: () => number; short: number; longShare: number },
): number[] {
  const isLong = Array.from({ length: count }, (_, index) => index < Math.round(count * longShare))
  shuffle(isLong, random)
  const found = isLong.map((long) =>
    long ? short + 1 + Math.min(480, Math.floor(-Math.log(1 - random()) * short)) : 0,
  )
  let left = total - found.reduce((sum, each) => sum + each, 0)
  while (left > 0) {
    const index = Math.floor(random() * count)
    if (isLong[index] || (found[index] ?? short) >= short) continue
    found[index] = (found[index] ?? 0) + 1
    left -= 1
  }
  return found
}

function shuffle<Item>(items: Item[], random: () => number): void {
  for (let index = items.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1))
    ;[items[index], items[other]] = [items[other] as Item, items[index] as Item] // as: both are inside
  }
}

function account(world: World, login: string): Account {
  const made: Account = {
    ...{ id: world.nextId(), login, type: 'User', name: null, emails: [] },
    ...{ createdAt: world.now(), deleted: false, members: new Map() },
  }
  world.accounts.push(made)
  return made
}

function comment({ world, somebody }: Making, at: Date): Comment {
  return {
    ...{ id: world.nextId(), body: 'I see this too.', author: somebody() },
    ...{ createdAt: at, updatedAt: at, reactions: [], byApp: false },
  }
}

/** So many instants after a beginning, in order. */
const after = (at: Date, count: number) =>
  Array.from({ length: count }, (_, index) => new Date(at.getTime() + (index + 1) * 60_000))

function thread(making: Making, at: Date, count: number): Thread {
  const { world, repository, random, somebody } = making
  repository.lastNumber += 1
  const closedAt = random() < 0.9 ? new Date(at.getTime() + 2 * dayMs) : null
  return {
    ...{ id: world.nextId(), number: repository.lastNumber, title: 'A change', body: null },
    ...{ author: somebody(), open: closedAt === null, stateReason: null, closedAt },
    ...{ createdAt: at, updatedAt: closedAt ?? at, closedBy: null, labels: [], reactions: [] },
    comments: after(at, count).map((moment) => comment(making, moment)),
    turns: closedAt === null ? [] : [{ kind: 'closed', at: closedAt }],
    byApp: false,
    pull: null,
  }
}

function addIssue(making: Making, at: Date, talk: Talk): void {
  addThread(making.repository, thread(making, at, talk.comments))
}

function addPullRequest(making: Making, at: Date, talk: Talk): void {
  const { world, repository, random } = making
  const made = thread(making, at, talk.comments)
  const sha = '0'.repeat(40)
  const reviews = after(at, talk.reviews).map((moment) => review(making, moment))
  for (const moment of after(at, talk.reviewComments)) {
    const line = { number: made.number, reviewId: 0, path: 'src/model.py', commitSha: sha }
    repository.reviewComments.push({ ...comment(making, moment), ...line })
  }
  const mergedAt = made.closedAt !== null && random() < 0.7 ? made.closedAt : null
  made.pull = {
    ...{ id: world.nextId(), draft: false, mergedAt, mergedBy: null, mergeSha: null },
    head: { repository, owner: made.author, branch: 'change', sha },
    base: { branch: 'main', sha },
    ...{ files: [], commits: [], reviews },
  }
  addThread(repository, made)
}

function review({ world, somebody }: Making, at: Date): Review {
  return {
    ...{ id: world.nextId(), author: somebody(), body: '', state: 'approved', submittedAt: at },
    ...{ commitSha: '0'.repeat(40), comments: [] },
  }
}

function discussionComment({ world, somebody }: Making, body: string, at: Date): DiscussionComment {
  return {
    ...{ id: world.nextId(), body, author: somebody(), createdAt: at, updatedAt: at },
    ...{ deletedAt: null, reactions: [], replies: [] },
  }
}

/** Discussions, releases, forks and stars, evenly over the years. */
function addRest(making: Making, size: Size, { start, end }: { start: number; end: number }): void {
  const { world, repository, somebody, random } = making
  const moments = (count: number) =>
    Array.from({ length: count }, (_, index) => new Date(start + ((end - start) * index) / count))
  for (const at of moments(size.discussions)) {
    repository.lastNumber += 1
    const said = after(at, random() < 0.1 ? 15 : Math.floor(random() * 8)).map((moment) => ({
      ...discussionComment(making, 'Yes.', moment),
      replies: after(moment, Math.floor(random() * 3)).map((later) =>
        discussionComment(making, 'Thanks.', later),
      ),
    }))
    repository.discussions.set(repository.lastNumber, {
      ...{ id: world.nextId(), number: repository.lastNumber, title: 'How?', body: '' },
      ...{ author: somebody(), createdAt: at, updatedAt: at, comments: said, answer: null },
      locked: false,
      category: questionsOf(repository),
    })
  }
  for (const [index, at] of moments(size.releases).entries()) {
    const tag = `v${index}`
    const release = { id: world.nextId(), tag, name: tag, author: somebody(), prerelease: false }
    repository.releases.push({ ...release, createdAt: at })
  }
  for (const [index, at] of moments(size.forks).entries()) {
    const owner = account(world, `forker-${index}`)
    const made = { id: world.nextId(), owner, parent: repository, createdAt: at, pushedAt: at }
    const own = {
      ...{ threads: new Map(), threadsById: new Map(), pullsByAuthor: new Map() },
      ...{ discussions: new Map(), releases: [], reviewComments: [], stars: new Map() },
    }
    world.repositories.push({ ...repository, ...own, ...made })
  }
  for (const at of moments(size.stars)) repository.stars.set(world.nextId(), at)
}

/** Requests for what is longer than its page, where each takes a hundred: the least that there can be. */
export function longPages(repository: Repository): number {
  const beyond = (length: number, page: number) => Math.ceil(Math.max(0, length - page) / 100)
  let pages = 0
  for (const { comments, pull } of repository.threads.values()) {
    pages += beyond(comments.length, pull === null ? shortIssue : shortPullRequest)
    pages += beyond(pull?.reviews.length ?? 0, shortPullRequest)
  }
  return pages
}
