import { randomUUID } from 'node:crypto'
import type {
  Account,
  AppRegistration,
  Commit,
  Installation,
  Person,
  Repository,
  Signature,
} from './entities.ts'

/**
 * Everything that exists on the double: accounts, repositories, installations.
 * Commits are kept once for the whole site, as GitHub keeps a fork network in
 * one object store.
 */
export class World {
  readonly accounts: Account[] = []
  readonly repositories: Repository[] = []
  readonly installations: Installation[] = []
  readonly commits = new Map<string, Commit>()
  /** ids of repositories whose branches take too long to be compared */
  readonly incomparable = new Set<number>()
  readonly #byId = new Map<number, Repository>()
  readonly now: () => Date
  /** tokens expire by this one */
  readonly authenticationNow: () => Date
  readonly app: AppRegistration
  /** where pages live; the API is below it */
  readonly html: string
  #lastId = 1_000_000

  constructor(options: {
    now: () => Date
    authenticationNow: () => Date
    app: AppRegistration
    html: string
  }) {
    this.now = options.now
    this.authenticationNow = options.authenticationNow
    this.app = options.app
    this.html = options.html
  }

  get api(): string {
    return `${this.html}/api/v3`
  }

  /** Ids never repeat, whatever they number, so that mixing two kinds up is noticed. */
  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  findAccount(login: string): Account | undefined {
    const wanted = login.toLowerCase()
    return this.accounts.find(
      (account) => !account.deleted && account.login.toLowerCase() === wanted,
    )
  }

  /** The account of that login; made on first mention, a bot where the login says so. */
  account(login: string): Account {
    const known = this.findAccount(login)
    if (known) return known
    const account: Account = {
      id: this.nextId(),
      login,
      type: login.endsWith('[bot]') ? 'Bot' : 'User',
      name: null,
      emails: [],
      createdAt: this.now(),
      deleted: false,
      members: new Map(),
    }
    this.accounts.push(account)
    return account
  }

  get bot(): Account {
    return this.account(`${this.app.slug}[bot]`)
  }

  findRepository(fullName: string): Repository | undefined {
    const wanted = fullName.toLowerCase()
    return this.repositories.find((repository) => nameOf(repository).toLowerCase() === wanted)
  }

  findRepositoryById(id: number): Repository | undefined {
    return this.#byId.get(id)
  }

  add(repository: Repository): void {
    this.repositories.push(repository)
    this.#byId.set(repository.id, repository)
    repository.parent?.forks.push(repository)
  }

  /** What was forked from it belongs to its parent then; where it has none, to the oldest of them. */
  remove(repository: Repository): void {
    this.repositories.splice(this.repositories.indexOf(repository), 1)
    this.#byId.delete(repository.id)
    const { parent, forks } = repository
    if (parent !== null) parent.forks.splice(parent.forks.indexOf(repository), 1)
    const heir = parent ?? forks.find((fork) => !fork.private) ?? null
    for (const fork of forks) {
      fork.parent = fork === heir ? null : heir
      fork.parent?.forks.push(fork)
    }
  }

  /** A repository that was called so once; GitHub redirects until the name is taken again. */
  findFormerRepository(fullName: string): Repository | undefined {
    const wanted = fullName.toLowerCase()
    return this.repositories.find(({ formerNames }) =>
      formerNames.some((name) => name.toLowerCase() === wanted),
    )
  }

  repository(fullName: string): Repository {
    const repository = this.findRepository(fullName)
    if (!repository) throw new Error(`There is no repository ${fullName} on this GitHub`)
    return repository
  }

  /** The installation that sees a repository, if one does. */
  installationOf(repository: Repository): Installation | undefined {
    return this.installations.find((installation) => covers(installation, repository))
  }

  /** Name and address of an author: a login's are its noreply ones unless it has others. */
  signature(person: Person): Signature {
    if (typeof person !== 'string') return person
    const account = this.account(person)
    const noreply = `${account.id}+${account.login}@users.noreply.github.com`
    return { name: account.name ?? account.login, email: account.emails[0] ?? noreply }
  }

  /** The account that GitHub links an address to; undefined for a stranger's. */
  accountOfEmail(email: string): Account | undefined {
    const address = email.toLowerCase()
    const id = /^(\d+)\+.+@users\.noreply\.github\.com$/.exec(address)?.[1]
    return this.accounts.find(
      (account) =>
        !account.deleted &&
        (String(account.id) === id || account.emails.some((own) => own.toLowerCase() === address)),
    )
  }

  /** Every commit reachable from a head. */
  ancestry(head: string | undefined): Set<string> {
    const seen = new Set<string>()
    const waiting = head === undefined ? [] : [head]
    for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
      if (seen.has(sha)) continue
      seen.add(sha)
      waiting.push(...(this.commits.get(sha)?.parents ?? []))
    }
    return seen
  }

  newGuid(): string {
    return randomUUID()
  }
}

export function nameOf({ owner, name }: Repository): string {
  return `${owner.login}/${name}`
}

export function covers(installation: Installation, repository: Repository): boolean {
  return (
    installation.account === repository.owner &&
    (installation.repositories === 'all' || installation.repositories.has(repository.id))
  )
}

/** The whole network of a repository: everything that descends from it, itself left out. */
export function forksOf({ forks }: Pick<Repository, 'forks'>): Repository[] {
  const network = [...forks]
  for (const fork of network) network.push(...fork.forks)
  return network
}

/** GitHub writes whole seconds. */
export function timestamp(instant: Date): string {
  return instant.toISOString().replace(/\.\d{3}Z$/, 'Z')
}

export function timestampOrNull(instant: Date | null): string | null {
  return instant && timestamp(instant)
}
