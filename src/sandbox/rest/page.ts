import { invalid } from '../api-error.ts'
import type { Answer, Call } from './operation.ts'

/** One page of a list, with the `Link` header that leads to the others. */
export function page<T>(call: Call, items: readonly T[], shape: (item: T) => unknown): Answer {
  const { shown, headers } = cut(call, items)
  return { status: 200, body: shown.map(shape), headers }
}

/** A page of a list that comes with its total: `{ total_count, check_runs: [] }`. */
export function countedPage<T>(
  call: Call,
  name: string,
  items: readonly T[],
  shape: (item: T) => unknown,
): Answer {
  const { shown, headers } = cut(call, items)
  return { status: 200, body: { total_count: items.length, [name]: shown.map(shape) }, headers }
}

function cut<T>(call: Call, items: readonly T[]): { shown: T[]; headers: Record<string, string> } {
  const perPage = perPageOf(call)
  const number = Math.max(1, Number(call.query.get('page') ?? 1))
  const last = Math.max(1, Math.ceil(items.length / perPage))
  const to = (page: number, rel: string) => {
    const url = new URL(call.url)
    url.searchParams.set('page', String(page))
    return `<${url}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [to(number - 1, 'prev')] : []),
    ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
    ...(number > 1 ? [to(1, 'first')] : []),
  ]
  return {
    shown: items.slice((number - 1) * perPage, number * perPage),
    headers: links.length > 0 ? { link: links.join(', ') } : {},
  }
}

/** `per_page`: 30 where it is not said, and never more than 100. */
export function perPageOf(call: Call): number {
  const asked = Number(call.query.get('per_page') ?? 30)
  return asked >= 1 ? Math.min(100, asked) : 30
}

/** `sort` and `direction` for what was created and updated; newest first unless asked otherwise. */
export function sorted<T extends { createdAt: Date; updatedAt: Date }>(
  call: Call,
  items: T[],
  direction: 'asc' | 'desc' = 'desc',
): T[] {
  const key = call.query.get('sort') === 'updated' ? 'updatedAt' : 'createdAt'
  const sign = (call.query.get('direction') ?? direction) === 'asc' ? 1 : -1
  return items.toSorted((a, b) => sign * (a[key].getTime() - b[key].getTime()))
}

/** `since`: what was updated at or after it. */
export function updatedSince<T extends { updatedAt: Date }>(call: Call, items: T[]): T[] {
  const since = call.query.get('since')
  if (since === null) return items
  const instant = new Date(since)
  if (Number.isNaN(instant.getTime())) throw invalid('Issue', 'since')
  // GitHub keeps whole seconds, so what happened within the second lies before it
  const seconds = ({ updatedAt }: T) => Math.floor(updatedAt.getTime() / 1000)
  return items.filter((item) => seconds(item) * 1000 >= instant.getTime())
}
