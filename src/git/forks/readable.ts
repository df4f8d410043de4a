import { UserError } from '../../errors.ts'

/**
 * Asks git about all of them at once and, where it gives up, about ever smaller
 * parts: one that is damaged costs a few questions more, and not the others.
 *
 * @param ask keeps what it learns when it succeeds, and nothing when it fails
 * @returns those that git cannot read even alone, with its words
 */
export async function askAboutEach<Item>(
  items: readonly Item[],
  ask: (part: readonly Item[]) => Promise<void>,
): Promise<Map<Item, string>> {
  if (items.length === 0) return new Map()
  try {
    await ask(items)
    return new Map()
  } catch (failure) {
    if (!(failure instanceof UserError)) throw failure
    const [only] = items
    if (items.length === 1 && only !== undefined) return new Map([[only, failure.message]])
    const middle = items.length >>> 1
    const first = await askAboutEach(items.slice(0, middle), ask)
    return new Map([...first, ...(await askAboutEach(items.slice(middle), ask))])
  }
}
