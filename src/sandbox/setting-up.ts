import { addCommits } from './commits.ts'
import { defaultCategories } from './discussions.ts'
import type {
  Access,
  Account,
  AccountType,
  Installation,
  Permissions,
  Repository,
} from './entities.ts'
import type { Services } from './rest/operation.ts'
import type { World } from './world.ts'

export interface RepositoryGiven {
  id?: number
  description?: string
  private?: boolean
  archived?: boolean
  /** a fork has none unless its owner wants them */
  hasIssues?: boolean
  hasDiscussions?: boolean
  defaultBranch?: string
  /** without a first commit */
  empty?: boolean
  createdAt?: Date
  /** `owner/name` that this one was forked from; `fork` also tells the App */
  parent?: string
}

export interface InstallationGiven {
  id?: number
  /** names without owner; all of the account's where left out */
  repositories?: string[]
  permissions?: Permissions
  events?: string[]
}

/** What is there before the story begins: none of this tells the App anything. */
export function settingUp({ world, authentication, manifestCodes }: Services) {
  return {
    addUser(
      login: string,
      given: { id?: number; type?: AccountType; name?: string; emails?: string[] } = {},
    ) {
      return Object.assign(world.account(login), given)
    },

    addOrganization(login: string, given: { id?: number; name?: string } = {}) {
      return Object.assign(world.account(login), { type: 'Organization' as const, ...given })
    },

    /** Members are seen as such by an App only where they show their membership. */
    addMember(organization: string, login: string, given: { public?: boolean } = {}) {
      const members = world.account(organization).members
      members.set(world.account(login).id, { public: given.public ?? true })
    },

    addRepository(owner: string, name: string, given: RepositoryGiven = {}): Repository {
      const parent = given.parent === undefined ? null : world.repository(given.parent)
      return addRepository(world, { owner: world.account(owner), name, parent }, given)
    },

    setPermission(repository: string, login: string, access: Access) {
      world.repository(repository).collaborators.set(world.account(login).id, access)
    },

    putFile(repository: string, path: string, text: string, branch?: string) {
      const { files, defaultBranch } = world.repository(repository)
      const name = branch ?? defaultBranch
      const tree = files.get(name) ?? new Map<string, string>()
      files.set(name, tree.set(path, text))
    },

    removeFile(repository: string, path: string, branch?: string) {
      const { files, defaultBranch } = world.repository(repository)
      files.get(branch ?? defaultBranch)?.delete(path)
    },

    /** A deleted account: what it wrote stays, under GitHub's ghost. */
    deleteUser(login: string) {
      world.account(login).deleted = true
    },

    addInstallation(account: string, given: InstallationGiven = {}): Installation {
      return addInstallation(world, account, given)
    },

    /** A personal token, as `GITHUB_TOKEN` holds one. */
    addToken(login: string): string {
      return authentication.grantUser(world.account(login))
    },

    /** A code that the manifest flow may exchange once. */
    addManifestCode(code: string) {
      manifestCodes.add(code)
    },
  }
}

export function addRepository(
  world: World,
  { owner, name, parent }: { owner: Account; name: string; parent: Repository | null },
  given: Omit<RepositoryGiven, 'parent'>,
): Repository {
  const now = world.now()
  const defaultBranch = given.defaultBranch ?? parent?.defaultBranch ?? 'main'
  // Somebody pressed a button on GitHub's pages: no organisation signs a commit.
  const author = { name: 'GitHub', email: 'noreply@github.com' }
  const first = () =>
    addCommits(world, [{ message: 'Initial commit' }], { parent: undefined, author })
  const head = given.empty
    ? ''
    : (parent?.branches.get(parent.defaultBranch) ?? first()[0]?.sha ?? '')
  const repository: Repository = {
    id: given.id ?? world.nextId(),
    owner,
    name,
    description: given.description ?? null,
    private: given.private ?? false,
    archived: given.archived ?? false,
    hasIssues: given.hasIssues ?? parent === null,
    hasDiscussions: given.hasDiscussions ?? true,
    discussionCategories: [],
    parent,
    forks: [],
    defaultBranch,
    createdAt: given.createdAt ?? now,
    updatedAt: now,
    // a fork keeps the push date of what it was forked from
    pushedAt: parent?.pushedAt ?? given.createdAt ?? now,
    formerNames: [],
    stars: new Map(),
    collaborators: new Map(),
    branches: new Map(given.empty ? [] : [[defaultBranch, head]]),
    files: new Map([[defaultBranch, new Map(parent?.files.get(parent.defaultBranch))]]),
    labels: [],
    threads: new Map(),
    threadsById: new Map(),
    pullsByAuthor: new Map(),
    reviewComments: [],
    discussions: new Map(),
    releases: [],
    checkRuns: [],
    commitComments: [],
    lastNumber: 0,
    deletedNumbers: new Set(),
  }
  repository.discussionCategories = defaultCategories(repository.id)
  world.add(repository)
  return repository
}

export function addInstallation(
  world: World,
  login: string,
  given: InstallationGiven,
): Installation {
  const account = world.account(login)
  const named = given.repositories?.map((name) => world.repository(`${login}/${name}`).id)
  const installation: Installation = {
    id: given.id ?? world.nextId(),
    account,
    repositories: named ? new Set(named) : 'all',
    permissions: given.permissions ?? world.app.permissions,
    events: given.events ?? world.app.events,
    createdAt: world.now(),
    suspendedAt: null,
  }
  world.installations.push(installation)
  return installation
}
