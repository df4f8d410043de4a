import type { Fact, FactKind, Recording } from '../../src/events/fact.ts'
import { translate } from '../../src/events/index.ts'
import type { Delivery } from '../support/builders.ts'

/** What a delivery tells; addresses are "hashed" so that a test can read them. */
export function told({ event, payload }: Delivery): Recording {
  const recording = translate(event, payload, hashEmail)
  if (recording === null) throw new Error(`Nobody translates ${event}`)
  return recording
}

export function hashEmail(address: string): string {
  return `hash of ${address}`
}

export function factsOf(delivery: Delivery, kind: FactKind): Fact[] {
  return told(delivery).facts.filter((fact) => fact.kind === kind)
}

export function kindsOf(delivery: Delivery): FactKind[] {
  return told(delivery).facts.map(({ kind }) => kind)
}
