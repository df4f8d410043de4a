import type { Attack } from './hostile/attack.ts'
import { honest } from './hostile/honest.ts'
import { html } from './hostile/html.ts'
import { floods, letters } from './hostile/letters.ts'
import { links } from './hostile/links.ts'
import { mentions } from './hostile/mentions.ts'
import { orders } from './hostile/orders.ts'
import { references } from './hostile/references.ts'
import { structure } from './hostile/structure.ts'

/** What somebody might call an issue, an account, a fork or a directory, to make our texts do something. */
export const corpus: Readonly<Record<string, readonly Attack[]>> = {
  mentions,
  references,
  links,
  HTML: html,
  structure,
  orders,
  letters,
  floods,
  honest: Object.entries(honest),
}

/** Each text once. */
export const attacks: readonly string[] = [
  ...new Set(Object.values(corpus).flatMap((some) => some.map(([, text]) => text))),
]

/** The same with something around it. */
export const inCompany: readonly string[] = attacks.map((attack, index) =>
  index % 2 === 0
    ? `Fix ${attack} in the loader`
    : `${attack}${attacks[(index * 7 + 3) % attacks.length]}`,
)
