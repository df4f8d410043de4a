import type { Services } from './rest/operation.ts'

/** Tells the App what somebody did in a repository, both by name. */
export function telling({ world, deliveries }: Pick<Services, 'world' | 'deliveries'>) {
  return (
    event: string,
    at: { repository: string; by: string },
    payload: Record<string, unknown>,
  ) =>
    deliveries.announce(
      deliveries.make(
        event,
        { repository: world.repository(at.repository), sender: world.account(at.by) },
        payload,
      ),
    )
}
