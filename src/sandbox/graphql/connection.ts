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
  {
    key,
    node,
    isBeyond,
  }: {
    key: (item: T) => string | number
    node: (item: T) => N
    /** whether an item comes after one that is gone */
    isBeyond?: (item: T, key: string) => boolean
  },
) {
  const cursorOf = (item: T) => Buffer.from(`cursor:v2:${key(item)}`).toString('base64')
  const indexOf = (cursor: string) => {
    const wanted = Buffer.from(cursor, 'base64').toString().replace('cursor:v2:', '')
    const exact = items.findIndex((item) => String(key(item)) === wanted)
    if (exact >= 0 || isBeyond === undefined) return exact
    const next = items.findIndex((item) => isBeyond(item, wanted))
    return (next >= 0 ? next : items.length) - 1
  }
  const from = args.after ? indexOf(args.after) + 1 : 0
  const to = args.before ? indexOf(args.before) : items.length
  const start = args.last ? Math.max(from, to - args.last) : from
  const end = args.first ? Math.min(to, from + args.first) : to
  const cursorAt = (index: number) => {
    const item = items[index]
    return start < end && item !== undefined ? cursorOf(item) : null
  }
  return {
    totalCount: items.length,
    pageInfo: {
      hasNextPage: end < items.length,
      hasPreviousPage: start > 0,
      startCursor: cursorAt(start),
      endCursor: cursorAt(end - 1),
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
