export interface PageArguments {
  first?: number | null
  after?: string | null
  last?: number | null
  before?: string | null
}

/** A connection over items that have an order; cursors name the item, so that they survive additions. */
export function connection<T, N>(
  items: readonly T[],
  args: PageArguments,
  { key, node }: { key: (item: T) => string | number; node: (item: T) => N },
) {
  const cursors = items.map((item) => Buffer.from(`cursor:v2:${key(item)}`).toString('base64'))
  const from = args.after ? cursors.indexOf(args.after) + 1 : 0
  const to = args.before ? cursors.indexOf(args.before) : items.length
  const start = args.last ? Math.max(from, to - args.last) : from
  const end = args.first ? Math.min(to, from + args.first) : to
  return {
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: start < end ? cursors[start] : null,
      endCursor: start < end ? cursors[end - 1] : null,
    },
    nodes: () => items.slice(start, end).map(node),
  }
}

export interface OrderArgument {
  orderBy?: { field: string; direction: 'ASC' | 'DESC' } | null
}

/** Items in the asked order; as they are where none is asked. */
export function ordered<T>(
  items: readonly T[],
  { orderBy }: OrderArgument,
  fields: Record<string, (item: T) => number | string>,
): T[] {
  const value = orderBy && fields[orderBy.field]
  if (!value) return [...items]
  const sign = orderBy.direction === 'ASC' ? 1 : -1
  return items.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)]
    return left === right ? 0 : left < right ? -sign : sign
  })
}
