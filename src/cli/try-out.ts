import type { Environment } from '../../config/environment.ts'
import { openLog } from '../log.ts'
import { repository } from '../sandbox/story/cast.ts'
import { storyWeeks } from '../sandbox/story/story.ts'
import { progressLine } from './progress-line.ts'
import { stopSignal } from './stop-signal.ts'
import { openTryOut, type Progress, type TryOutSession } from './try-out-session.ts'

/**
 * What `groundswell start` does without credentials: twelve weeks of an
 * invented project, told to the real App by a GitHub on this machine. Then says
 * where to look, and runs until it is asked to stop.
 * @throws UserError when another try-out has the folder
 */
export async function tryOut(environment: Environment): Promise<void> {
  const startedAt = performance.now()
  const abort = new AbortController()
  const stopped = stopSignal().then(() => abort.abort())
  const say = (text: string) => void process.stdout.write(`${text}\n`)
  const line = progressLine(process.stdout)
  say('No credentials are set, so this is a try-out: an invented project on a GitHub of its own.')
  const session = await openTryOut({
    environment,
    log: openLog({ level: 'error', forPeople: true, to: process.stderr }),
    weeks: storyWeeks,
    now: () => new Date(),
    onProgress: (progress) => line.show(progressWords(progress)),
    onSaved: () =>
      say('\nThe credentials are in .env. Stop with Ctrl+C and start again to use them.'),
    signal: abort.signal,
  })
  try {
    await session.tell()
    line.end()
    const { port } = environment
    if (port !== 0 && !session.github.host.endsWith(`:${port}`)) {
      say(`Port ${port} is in use, so the pages are at another one.`)
    }
    say(whereToLook(session, (performance.now() - startedAt) / 1000))
    await stopped
  } catch (error) {
    line.end()
    if (!abort.signal.aborted) throw error
  } finally {
    await session.close()
  }
  say('Stopped.')
}

function progressWords({ week, weeks, deliveries, comments }: Progress): string {
  return `Week ${week} of ${weeks}: ${deliveries} deliveries, ${comments} comments`
}

function whereToLook({ github, guide, setUp }: TryOutSession, seconds: number): string {
  const at = `${github.url}/${repository}`
  const digest = github.issues(repository).findLast(({ byApp }) => byApp)
  const [welcome] = guide.worthSeeing
  const places = [
    ['Everything on one page', `${github.url}/`],
    ['The newest digest', digest && `${at}/issues/${digest.number}`],
    ['A first pull request', welcome && `${at}/pull/${welcome.number}`],
    ['Register the App for real', setUp.url],
  ]
  return [
    `Told in ${Math.round(seconds)} seconds. Look here:`,
    '',
    ...places.flatMap(([what, url]) => (url ? [`  ${what?.padEnd(26)} ${url}`] : [])),
    '',
    'The last address works once and on this machine only. Ctrl+C stops the try-out.',
  ].join('\n')
}
