import { z } from 'zod'
import { must, type Rule } from './rule.ts'

/** What an option says of itself to editors, in `docs/configuration.md` and in `defaults.yml`. */
interface Told<Schema extends z.ZodType> {
  says: string
  default: z.input<Schema>
}

/** An option with what it does, and its value where nobody says otherwise. */
export function option<Schema extends z.ZodType>(
  schema: Schema,
  { says, default: value }: Told<Schema>,
): Schema {
  return schema.meta({ description: says, default: value })
}

/** Options below one name, each with a value; what its name stands for is said for all of them. */
export function section<Shape extends z.core.$ZodLooseShape>(shape: Shape, says: string) {
  return z.strictObject(shape).meta({ description: says })
}

/** The same in a file, where any of them can be left out. */
export function partialSection<Shape extends z.core.$ZodShape>(
  whole: z.ZodObject<Shape, z.core.$strict>,
) {
  return z
    .strictObject(whole.shape, must({ be: 'a section', like: exampleOf(whole.shape) }))
    .partial()
    .meta({ ...whole.meta() })
}

/** `enabled: true` */
function exampleOf(shape: z.core.$ZodShape): string {
  const examples = Object.entries(shape).map(
    ([name, schema]) => `${name}: ${JSON.stringify(z.globalRegistry.get(schema)?.default)}`,
  )
  return examples[0] ?? ''
}

export function onOff() {
  return z.boolean(must({ be: 'true or false' }))
}

/** @param rule said also of what is no text at all */
export function text(rule: Rule = { be: 'text' }) {
  return z.string(must(rule))
}

export function line(longest: number) {
  return text()
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]+$/u, must({ be: 'one line' }))
    .regex(/\S/, must({ be: 'not blank' }))
    .max(longest, must({ be: 'short', most: longest }))
}

export function choice<const Choices extends readonly string[]>(choices: Choices) {
  return z.enum(choices, must({ be: 'one of', choices }))
}

export function wholeNumber(least: number, most: number) {
  const message = must({ be: 'a whole number', least, most })
  return z.int(message).min(least, message).max(most, message)
}
