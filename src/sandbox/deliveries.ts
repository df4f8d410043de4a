import { createHmac } from 'node:crypto'
import type { Account, Installation, Repository } from './entities.ts'
import { accountShape, organizationShape } from './shapes/account.ts'
import { installationTarget } from './shapes/node-id.ts'
import { webhookRepositoryShape } from './shapes/repository.ts'
import type { World } from './world.ts'

/** One webhook as GitHub would send it. */
export interface Delivery {
  /** stays the same when the delivery is sent again */
  guid: string
  event: string
  payload: Record<string, unknown>
  /** null: no installation receives it, so it is never sent */
  installationId: number | null
  repositoryId: number | null
}

/** One try at sending a delivery, as the App's delivery log lists it. */
export interface Attempt {
  id: number
  delivery: Delivery
  deliveredAt: Date
  redelivery: boolean
  /** `OK`, or why not */
  status: string
  statusCode: number
  /** seconds */
  duration: number
  answer: { headers: Record<string, string>; body: string }
}

/** GitHub gives up after ten seconds. */
const patience = 10_000

/** GitHub lets an App see and resend what it sent in the last three days. */
const retention = 3 * 24 * 60 * 60 * 1000

/** These reach every installation, subscribed or not. */
const unsubscribable = ['installation', 'installation_repositories']

/** Makes deliveries, sends them and remembers how that went. */
export class Deliveries {
  /** every delivery that was made, oldest first, sent or not */
  readonly made: Delivery[] = []
  readonly attempts: Attempt[] = []
  webhookUrl: string | null
  /** so many of the next deliveries fail without reaching the App */
  outages = 0
  readonly #world: World
  readonly #underWay = new Set<Promise<unknown>>()

  constructor(world: World, webhookUrl: string | null) {
    this.#world = world
    this.webhookUrl = webhookUrl
  }

  /** The delivery about something that a sender did in a repository. */
  make(
    event: string,
    at: { repository: Repository; sender: Account },
    payload: Record<string, unknown>,
  ): Delivery {
    const installation = this.#world.installationOf(at.repository)
    const { owner } = at.repository
    return this.keep(event, installation ?? null, at.repository.id, {
      ...payload,
      repository: payload.repository ?? webhookRepositoryShape(this.#world, at.repository),
      ...(owner.type === 'Organization' && { organization: organizationShape(this.#world, owner) }),
      sender: accountShape(this.#world, at.sender),
      ...(installation && { installation: installationTarget(installation.id) }),
    })
  }

  /** Keeps a delivery whose payload is whole already; it goes to that installation, if to any. */
  keep(
    event: string,
    installation: Installation | null,
    repositoryId: number | null,
    payload: Record<string, unknown>,
  ): Delivery {
    const receives =
      installation &&
      (unsubscribable.includes(event) ||
        (!installation.suspendedAt && installation.events.includes(event)))
    const delivery: Delivery = {
      guid: this.#world.newGuid(),
      event,
      payload,
      installationId: receives ? installation.id : null,
      repositoryId,
    }
    this.made.push(delivery)
    return delivery
  }

  /** Sends what was just made, where somebody listens. */
  async announce(delivery: Delivery): Promise<Delivery> {
    if (this.webhookUrl !== null && delivery.installationId !== null) await this.send(delivery)
    return delivery
  }

  /** Sends without making the caller wait: what the App's own writes set off. */
  announceLater(delivery: Delivery): void {
    this.#follow(this.announce(delivery))
  }

  /** Sends an earlier attempt again, under the same guid; GitHub answers before it has arrived. */
  sendAgain(attempt: Attempt): void {
    this.#follow(this.send(attempt.delivery, true))
  }

  /** Resolves when nothing is on its way any more. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay)
  }

  /** What the delivery log still shows, newest first. */
  recent(): Attempt[] {
    const since = this.#world.now().getTime() - retention
    return this.attempts.filter(({ deliveredAt }) => deliveredAt.getTime() >= since).reverse()
  }

  /** Signs and posts a delivery. The status that the App answered with; 502 or 504 where none came. */
  async send(delivery: Delivery, redelivery = false): Promise<number> {
    const startedAt = performance.now()
    const deliveredAt = this.#world.now()
    const outcome = await this.#post(delivery)
    this.attempts.push({
      id: this.#world.nextId(),
      delivery,
      deliveredAt,
      redelivery,
      duration: Math.round((performance.now() - startedAt) / 10) / 100,
      ...outcome,
    })
    return outcome.statusCode
  }

  /** The headers that GitHub sends with a body, its two signatures among them. */
  headers(delivery: Delivery, body: string): Record<string, string> {
    const mac = (algorithm: string) =>
      createHmac(algorithm, this.#world.app.webhookSecret).update(body).digest('hex')
    return {
      accept: '*/*',
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/7f3a9c1',
      'x-github-delivery': delivery.guid,
      'x-github-event': delivery.event,
      'x-github-hook-id': String(this.#world.app.id),
      'x-github-hook-installation-target-id': String(this.#world.app.id),
      'x-github-hook-installation-target-type': 'integration',
      'x-hub-signature': `sha1=${mac('sha1')}`,
      'x-hub-signature-256': `sha256=${mac('sha256')}`,
    }
  }

  async #post(delivery: Delivery): Promise<Pick<Attempt, 'status' | 'statusCode' | 'answer'>> {
    const nothing = { headers: {}, body: '' }
    if (this.webhookUrl === null) throw new Error('This GitHub was given no webhookUrl to send to')
    if (this.outages > 0) {
      this.outages -= 1
      return { status: 'failed to connect to host', statusCode: 502, answer: nothing }
    }
    const body = JSON.stringify(delivery.payload)
    try {
      const response = await fetch(this.webhookUrl, {
        method: 'POST',
        headers: this.headers(delivery, body),
        body,
        signal: AbortSignal.timeout(patience),
      })
      const answer = { headers: Object.fromEntries(response.headers), body: await response.text() }
      const status = response.ok ? 'OK' : `Invalid HTTP Response: ${response.status}`
      return { status, statusCode: response.status, answer }
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError'
        ? { status: 'timed out', statusCode: 504, answer: nothing }
        : { status: 'failed to connect to host', statusCode: 502, answer: nothing }
    }
  }

  #follow(sending: Promise<unknown>): void {
    const followed = sending.finally(() => this.#underWay.delete(followed))
    this.#underWay.add(followed)
  }
}
