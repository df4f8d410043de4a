/** The objects that GitHub's payloads are made of. */

export interface Delivery {
  event: string
  /** what GitHub would sign and send, as JSON */
  payload: Record<string, unknown>
}

/** Monday of 2026-W47. */
export const monday = '2026-11-16T09:00:00Z'

export interface RepositoryOptions {
  id?: number
  owner?: string
  name?: string
  private?: boolean
  archived?: boolean
  defaultBranch?: string
  stars?: number
  forks?: number
  updatedAt?: string
}

/** What every builder takes. Instants are ISO 8601. */
export interface DeliveryOptions {
  repository?: RepositoryOptions
  installationId?: number
}

/** The numeric id that a login has in every payload built here. */
export function accountId(login: string): number {
  let hash = 7
  for (const character of login) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003
  return 1_000_000 + hash
}

/** A user object. `[bot]` logins are bots, `example-lab` is an organisation. */
export function account(login: string): Record<string, unknown> {
  const type = login.endsWith('[bot]') ? 'Bot' : login === 'example-lab' ? 'Organization' : 'User'
  return { id: accountId(login), login, type, site_admin: false }
}

/** A repository object: `example-lab/engine`, id 1000, public, `main`. */
export function repository(options: RepositoryOptions = {}): Record<string, unknown> {
  const { owner = 'example-lab', name = 'engine', updatedAt = '2026-11-16T08:00:00Z' } = options
  return {
    id: options.id ?? 1000,
    name,
    full_name: `${owner}/${name}`,
    private: options.private ?? false,
    owner: account(owner),
    fork: false,
    archived: options.archived ?? false,
    default_branch: options.defaultBranch ?? 'main',
    stargazers_count: options.stars ?? 40_000,
    forks_count: options.forks ?? 12_402,
    created_at: '2023-02-01T00:00:00Z',
    updated_at: updatedAt,
    pushed_at: updatedAt,
  }
}

/** The whole body of an event about a repository. */
export function delivery(
  event: string,
  { repository: options, installationId = 500 }: DeliveryOptions,
  { sender, ...rest }: Record<string, unknown> & { sender: string | null },
): Delivery {
  const repositoryObject = repository(options)
  return {
    event,
    payload: {
      ...rest,
      repository: repositoryObject,
      organization: { id: accountId('example-lab'), login: 'example-lab' },
      sender: account(sender ?? 'ghost'),
      installation: { id: installationId },
    },
  }
}

/** An instant, ISO 8601 without fractions as GitHub writes it. */
export function hoursAfter(instant: string, hours: number): string {
  const at = new Date(Date.parse(instant) + hours * 3_600_000)
  return at.toISOString().replace('.000Z', 'Z')
}

/** Looks like a commit's SHA, the same for the same text. */
export function shaOf(text: string): string {
  return Array.from({ length: 5 }, (_, part) =>
    accountId(`${text} ${part}`).toString(16).padStart(8, '0'),
  ).join('')
}
