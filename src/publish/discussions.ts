import { z } from 'zod'
import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { NoSuchPlace } from './no-such-place.ts'

/** Discussions as GitHub's GraphQL API has them; REST does not. Known by their number, as issues are. */

interface Category {
  id: string
  name: string
}

export interface ShownDiscussion {
  number: number
  body: string
  viewerDidAuthor: boolean
}

const placesDocument = /* GraphQL */ `
  query discussionPlaces($owner: String!, $name: String!) {
    repository(owner: $owner, name: $name) {
      id
      hasDiscussionsEnabled
      discussionCategories(first: 100) { nodes { id name isAnswerable } }
    }
  }
`
const listDocument = /* GraphQL */ `
  query ownDiscussions($owner: String!, $name: String!, $categoryId: ID!) {
    repository(owner: $owner, name: $name) {
      discussions(first: 50, categoryId: $categoryId, orderBy: { field: CREATED_AT, direction: DESC }) {
        nodes { number body viewerDidAuthor }
      }
    }
  }
`
const readDocument = /* GraphQL */ `
  query oneDiscussion($owner: String!, $name: String!, $number: Int!) {
    repository(owner: $owner, name: $name) {
      discussion(number: $number) { id number body viewerDidAuthor }
    }
  }
`
const createDocument = /* GraphQL */ `
  mutation createDigest($repositoryId: ID!, $categoryId: ID!, $title: String!, $body: String!) {
    createDiscussion(
      input: { repositoryId: $repositoryId, categoryId: $categoryId, title: $title, body: $body }
    ) {
      discussion { id number body viewerDidAuthor }
    }
  }
`
const updateDocument = /* GraphQL */ `
  mutation updateDigest($discussionId: ID!, $title: String!, $body: String!) {
    updateDiscussion(input: { discussionId: $discussionId, title: $title, body: $body }) {
      discussion { id number body viewerDidAuthor }
    }
  }
`

const Shown = z.object({ number: z.int(), body: z.string(), viewerDidAuthor: z.boolean() })
const One = Shown.extend({ id: z.string() })
const Places = z.object({
  repository: z.object({
    id: z.string(),
    hasDiscussionsEnabled: z.boolean(),
    discussionCategories: z.object({
      nodes: z.array(z.object({ id: z.string(), name: z.string(), isAnswerable: z.boolean() })),
    }),
  }),
})
const List = z.object({
  repository: z.object({ discussions: z.object({ nodes: z.array(Shown) }) }),
})
const Read = z.object({ repository: z.object({ discussion: One }) })
const Created = z.object({ createDiscussion: z.object({ discussion: One }) })
const Updated = z.object({ updateDiscussion: z.object({ discussion: One }) })

const names = ({ ownerLogin, name }: TrackedRepository) => ({ owner: ownerLogin, name })

/** The newest fifty of the category. */
export async function listDiscussions(
  octokit: Octokit,
  repository: TrackedRepository,
  category: string | null,
): Promise<ShownDiscussion[]> {
  const { categoryId } = await placeOf(octokit, repository, category)
  const variables = { ...names(repository), categoryId }
  return List.parse(await octokit.graphql(listDocument, variables)).repository.discussions.nodes
}

export async function readDiscussion(
  octokit: Octokit,
  repository: TrackedRepository,
  number: number,
): Promise<z.output<typeof One>> {
  const variables = { ...names(repository), number }
  return Read.parse(await octokit.graphql(readDocument, variables)).repository.discussion
}

export async function createDiscussion(
  octokit: Octokit,
  repository: TrackedRepository,
  given: { category: string | null; title: string; body: string },
): Promise<ShownDiscussion> {
  const place = await placeOf(octokit, repository, given.category)
  const variables = { ...place, title: given.title, body: given.body }
  return Created.parse(await octokit.graphql(createDocument, variables)).createDiscussion.discussion
}

export async function updateDiscussion(
  octokit: Octokit,
  repository: TrackedRepository,
  given: { number: number; title: string; body: string },
): Promise<ShownDiscussion> {
  const { id } = await readDiscussion(octokit, repository, given.number)
  const variables = { discussionId: id, title: given.title, body: given.body }
  return Updated.parse(await octokit.graphql(updateDocument, variables)).updateDiscussion.discussion
}

/** @throws NoSuchPlace for discussions that are turned off, and for a category that is not there */
async function placeOf(octokit: Octokit, repository: TrackedRepository, category: string | null) {
  const read = Places.parse(await octokit.graphql(placesDocument, names(repository))).repository
  if (!read.hasDiscussionsEnabled) throw new NoSuchPlace('discussions are turned off')
  const { nodes } = read.discussionCategories
  const found = category === null ? mostFitting(nodes) : named(nodes, category)
  if (found === null) {
    const others = nodes.map(({ name }) => name).join(', ')
    throw new NoSuchPlace(
      category === null
        ? 'there is no category of discussions for it'
        : `there is no category of discussions called "${category}"; there are: ${others}`,
    )
  }
  return { repositoryId: read.id, categoryId: found.id }
}

/** GitHub tells names apart that differ in case, people do not. */
function named(categories: readonly Category[], name: string): Category | null {
  const exact = categories.find((category) => category.name === name)
  const like = ({ name: other }: Category) => other.toLowerCase() === name.toLowerCase()
  return exact ?? categories.find(like) ?? null
}

/** Where nobody said which: what GitHub itself makes for such news, else one that asks no question. */
function mostFitting(categories: readonly (Category & { isAnswerable: boolean })[]) {
  const open = categories.filter(({ isAnswerable }) => !isAnswerable)
  return named(open, 'Announcements') ?? named(open, 'General') ?? open[0] ?? null
}
