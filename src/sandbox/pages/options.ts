import type { GitHub } from '../github.ts'

/** What the front page says about the story; changes while it is told. */
export interface Guide {
  /** weeks that were told */
  told: number
  weeks: number
  worthSeeing: { number: number; why: string }[]
  /** the credentials of a real App were saved meanwhile */
  registered: boolean
}

export interface PagesOptions {
  github: () => GitHub
  /** `owner/name` of the project that the story is about */
  repository: string
  /** who speaks through the form, by what they are to the project */
  visitors: Readonly<Record<string, string>>
  guide: Guide
  /** resolves when the App has answered */
  settled: () => Promise<void>
  /** where the App itself listens */
  appUrl: () => string | null
}
