import { maintainers } from './cast.ts'
import { type Deed, dayMinutes, type Happening, hourMinutes } from './happening.ts'

const [mara, tomasz, aiko] = maintainers

const mistaken = `timezone: Europe/Berlin

digest:
  tiem: "09:00"
`

const mended = `timezone: Europe/Berlin

digest:
  time: "09:00"
`

/** What happens on its day whatever else goes on. */
export const milestones: readonly Happening[] = [
  on(1, 10, {
    kind: 'configure',
    by: mara,
    text: mistaken,
    message: 'Tell Groundswell where we are',
  }),
  on(1, 11, { kind: 'configure', by: mara, text: mended, message: 'Mend the configuration' }),
  on(2, 9, { kind: 'comment', thread: 'roadmap', by: mara, says: '/groundswell status' }),
  on(16, 15, { kind: 'release', by: mara, tag: 'v0.8.0' }),
  on(23, 10, {
    kind: 'comment',
    thread: 'loud',
    by: 'max-loud',
    says: '@mara-lindqvist @tomasz-k @everyone please look at this today.\n\n> /groundswell pause',
  }),
  on(26, 17, { kind: 'comment', thread: 'roadmap', by: 'felix-asks', says: '/groundswell dance' }),
  on(37, 9, {
    kind: 'comment',
    thread: 'roadmap',
    by: tomasz,
    says: 'Numbers for our call:\n\n/groundswell report',
  }),
  on(43, 10, { kind: 'release', by: mara, tag: 'v0.9.0' }),
  on(43, 19, { kind: 'thumbs-up', thread: 'thanks', by: aiko }),
  on(44, 8, { kind: 'thumbs-up', thread: 'thanks', by: mara }),
  on(48, 12, {
    kind: 'push',
    by: tomasz,
    file: 'server/batch.py',
    coAuthors: ['chen-measures'],
    message: 'Do not wait for a batch that is full',
  }),
  on(65, 14, { kind: 'release', by: mara, tag: 'v0.9.1' }),
  on(72, 18, {
    kind: 'comment',
    thread: 'roadmap',
    by: 'noor-h',
    says: 'How am I doing?\n\n/groundswell report @noor-h',
  }),
  on(79, 16, { kind: 'comment', thread: 'roadmap', by: 'felix-asks', says: '/groundswell help' }),
  on(82, 11, { kind: 'comment', thread: 'roadmap', by: aiko, says: '/groundswell forks' }),
]

function on(day: number, hour: number, deed: Deed): Happening {
  return { at: day * dayMinutes + hour * hourMinutes, deed }
}
