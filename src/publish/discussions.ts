import { z } from 'zod'
import type { Octokit } from '../github/github-app.ts'
import type { TrackedRepository } from '../store/repositories.ts'
import { NoSuchPlace } from './no-such-place.ts'
import type { Posts } from './posts.ts'

/** Discussions as GitHub's GraphQL API has them; REST does not. Known by their number, as issues are. */

interface Category {
  id: string
  name: string
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
type Shown = z.output<typeof Shown>
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

/** `category` null: the one that suits announcements best. */
export function discussionsOf(
  octokit: Octokit,
  repository: TrackedRepository,
  { title, category }: { title: string; category: string | null },
): Posts {
  const toWritten = ({ number, body }: Shown) => ({
    ...{ id: number, nodeId: null, thread: number },
    body,
  })
  const read = async (number: number) => {
    const variables = { ...names(repository), number }
    return Read.parse(await octokit.graphql(readDocument, variables)).repository.discussion
  }
  return {
    /** The newest fifty of the category. */
    async list() {
      const { categoryId } = await placeOf(octokit, repository, category)
      const variables = { ...names(repository), categoryId }
      const listed = List.parse(await octokit.graphql(listDocument, variables))
      return listed.repository.discussions.nodes.map((one) => ({
        ...toWritten(one),
        app: undefined,
        byBot: one.viewerDidAuthor,
      }))
    },
    async create(body) {
      const variables = { ...(await placeOf(octokit, repository, category)), title, body }
      const created = Created.parse(await octokit.graphql(createDocument, variables))
      return toWritten(created.createDiscussion.discussion)
    },
    read: async ({ id }) => toWritten(await read(id)),
    async update({ id }, body) {
      const variables = { discussionId: (await read(id)).id, title, body }
      const updated = Updated.parse(await octokit.graphql(updateDocument, variables))
      return toWritten(updated.updateDiscussion.discussion)
    },
  }
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
