import type { GitHubClient } from '../client.ts'

export interface RestPage {
  data: unknown
  /** the query of the next page, as GitHub wrote it; null: this was the last */
  next: string | null
  /** the number of the last page; null where GitHub does not tell */
  last: number | null
}

/**
 * One page of a list. The next one is where GitHub says it is, never a number
 * that we worked out: long lists are not numbered. Of its address only the
 * query is kept, and only if it leads to the same list.
 * @param list the path below the repository, `pulls/comments`
 */
export async function restPage(
  octokit: GitHubClient,
  { owner, name }: { owner: string; name: string },
  { list, query }: { list: string; query: string },
): Promise<RestPage> {
  const { data, headers, url } = await octokit.request({
    method: 'GET',
    url: `/repos/{owner}/{repo}/${list}?${query}`,
    owner,
    repo: name,
  })
  const next = linkTo('next', headers.link, url)
  const last = linkTo('last', headers.link, url)
  const number = Number(last?.get('page') ?? Number.NaN)
  return {
    data,
    next: next === null ? null : next.toString(),
    last: Number.isInteger(number) ? number : null,
  }
}

function linkTo(rel: string, header: unknown, asked: string): URLSearchParams | null {
  const links = typeof header === 'string' ? header.matchAll(/<([^>]*)>;\s*rel="(\w+)"/g) : []
  const [, address] = [...links].find(([, , name]) => name === rel) ?? []
  if (address === undefined) return null
  if (!URL.canParse(address) || listOf(address) !== listOf(asked)) {
    throw new Error(`GitHub's Link header leads from ${listOf(asked)} to another list`)
  }
  return new URL(address).searchParams
}

/** A repository has two addresses: by its name, and by its number once it was renamed. */
function listOf(address: string): string {
  const { origin, pathname } = new URL(address)
  return origin + pathname.replace(/\/(?:repos\/[^/]+\/[^/]+|repositories\/\d+)\//, '/…/')
}
