import { z } from 'zod'

const PageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() })

/** One page of something, without what GitHub could not give. */
export const connectionOf = <Node extends z.ZodType>(node: Node) =>
  z
    .object({ pageInfo: PageInfo, nodes: z.array(node.nullable()).nullish() })
    .transform(({ pageInfo, nodes }) => ({
      /** where the next page begins; null: this was the last */
      next: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
      nodes: (nodes ?? []).filter((one) => one !== null),
    }))

/** GitHub's numbers outgrew GraphQL's integers; the full ones come as text. */
export const FullId = z.string().transform(Number).pipe(z.int())

/** What is asked of every connection. */
export const pageInfo = 'pageInfo { hasNextPage endCursor }'
