import type { Description } from '../metrics/metric.ts'
import { type Inline, link } from './markdown.ts'
import { definitionUrl, type Place } from './place.ts'

/** Words about a number, leading to what it means where there is documentation. */
export function defined(text: string, metric: Pick<Description, 'name'>, place: Place): Inline {
  const url = definitionUrl(place, metric)
  return url === null ? text : link(url, text)
}
