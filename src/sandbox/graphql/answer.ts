import {
  buildSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFormattedError,
  Kind,
  parse,
  validate,
} from 'graphql'
import { z } from 'zod'
import { ApiError } from '../api-error.ts'
import { budgetOf, type Caller } from '../authentication.ts'
import { findDiscussionComment } from '../discussions.ts'
import { maySee, type Services } from '../rest/operation.ts'
import { numberIn } from '../shapes/node-id.ts'
import { isPull } from '../shapes/pull-request.ts'
import { timestamp } from '../world.ts'
import { discussionCommentMutations } from './discussion-comment-mutations.ts'
import { discussionMutations } from './discussion-mutations.ts'
import { discussionCommentNode, discussionNode } from './discussion-nodes.ts'
import { issueNode, pullRequestNode, repositoryNode } from './nodes.ts'
import { type Cost, costOf } from './points.ts'
import { schemaSource } from './schema.ts'

const Request = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

export interface GraphQLAnswer {
  /** the operation's name; null for one without */
  operation: string | null
  points: number
  body: { data?: unknown; errors?: unknown[] }
}

const schema = buildSchema(schemaSource)

/**
 * Answers a GraphQL request: 200 with `errors` for what GitHub answers so.
 * @throws ApiError 400 for a body that is no GraphQL request
 */
export async function answerGraphQL(
  services: Services,
  caller: Caller,
  body: unknown,
): Promise<GraphQLAnswer> {
  const { success, data: request } = Request.safeParse(body)
  if (!success) throw new ApiError(400, 'A query attribute must be specified and must be a string.')
  let document: DocumentNode
  try {
    document = parse(request.query)
  } catch (error) {
    return { operation: null, points: 1, body: { errors: [formatted(error)] } }
  }
  const operation = nameOfOperation(document)
  const faults = validate(schema, document)
  if (faults.length > 0) return { operation, points: 1, body: { errors: faults.map(formatted) } }
  const variables = request.variables ?? {}
  let cost: Cost
  try {
    cost = costOf(schema, document, variables)
  } catch (error) {
    return { operation, points: 1, body: { errors: [formatted(error)] } }
  }
  if (!services.rateLimits.spend(budgetOf(caller), 'graphql', cost.points)) {
    return { operation, points: 0, body: { errors: [exhausted(services, caller)] } }
  }
  const { data, errors } = await execute({
    schema,
    document,
    variableValues: variables,
    operationName: request.operationName ?? null,
    rootValue: root(services, caller, cost),
  })
  return {
    operation,
    points: cost.points,
    body: { ...(data !== undefined && { data }), ...(errors && { errors: errors.map(formatted) }) },
  }
}

function root(services: Services, caller: Caller, cost: Cost) {
  const { world, rateLimits } = services
  return {
    rateLimit: () => {
      const { limit, used, resetAt } = rateLimits.bucket(budgetOf(caller), 'graphql')
      return {
        cost: cost.points,
        nodeCount: cost.nodes,
        limit,
        used,
        remaining: limit - used,
        resetAt: timestamp(resetAt),
      }
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const fullName = `${owner}/${name}`
      const repository = world.findRepository(fullName) ?? world.findFormerRepository(fullName)
      if (!repository || !maySee(caller, repository)) {
        throw new GraphQLError(`Could not resolve to a Repository with the name '${fullName}'.`, {
          extensions: { type: 'NOT_FOUND' },
        })
      }
      return repositoryNode(world, repository)
    },
    ...discussionMutations(services, caller),
    ...discussionCommentMutations(services, caller),
    node: ({ id }: { id: string }) => findNode(services, caller, id) ?? noNode(id),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => findNode(services, caller, id) ?? noNode(id)),
  }
}

/** Ids of this GitHub never repeat, whatever they number. */
function findNode({ world }: Services, caller: Caller, nodeId: string) {
  const id = numberIn(nodeId)
  const found = world.findRepositoryById(id)
  if (found) return maySee(caller, found) ? repositoryNode(world, found) : null
  for (const repository of world.repositories) {
    if (!maySee(caller, repository)) continue
    const thread = repository.threadsById.get(id)
    if (thread && repository.threads.has(thread.number)) {
      return isPull(thread)
        ? pullRequestNode(world, repository, thread)
        : issueNode(world, repository, thread)
    }
    for (const discussion of repository.discussions.values()) {
      if (discussion.id === id) return discussionNode(world, repository, discussion)
    }
    const said = findDiscussionComment(repository, id)
    if (said) return discussionCommentNode(world, { repository, ...said }, said.comment)
  }
  return null
}

/** As a value, so that in a list it spoils its own place only. */
function noNode(id: string): GraphQLError {
  return new GraphQLError(`Could not resolve to a node with the global id of '${id}'.`, {
    extensions: { type: 'NOT_FOUND' },
  })
}

function nameOfOperation({ definitions }: DocumentNode): string | null {
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) return definition.name?.value ?? null
  }
  return null
}

function exhausted({ rateLimits }: Services, caller: Caller) {
  const id = caller.kind === 'installation' ? caller.installation.id : caller.kind
  return {
    type: rateLimits.graphqlErrorType,
    message: `API rate limit exceeded for installation ID ${id}.`,
  }
}

/** GitHub puts the type of an error beside its message, not below `extensions`. */
function formatted(error: unknown): GraphQLFormattedError & { type?: unknown } {
  if (!(error instanceof GraphQLError)) throw error
  const { extensions, ...rest } = error.toJSON()
  return { ...(extensions?.type !== undefined && { type: extensions.type }), ...rest }
}
