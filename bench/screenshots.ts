/**
 * Takes the pictures of a digest in docs/examples from the page that the
 * double has for an issue, by day and by night. Charts are not drawn there, so
 * what holds them stays folded.
 *
 *     npm run build && node dist/bench/screenshots.js
 *
 * CHROMIUM: where the browser is, /usr/bin/chromium by default.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { startGitHub } from '../src/sandbox/github.ts'
import { tryOutPages } from '../src/sandbox/pages/pages.ts'
import { repository, visitors } from '../src/sandbox/story/cast.ts'

const folder = 'docs/examples'
const week = '2026-W47'
const postedAt = new Date('2026-11-23T08:00:00Z')
const width = 900
/** Beside the shot, which is about the digest. */
const hidden = '.tryout, .top, form, .meta + p.quiet { display: none }'

const github = await startGitHub({
  now: () => postedAt,
  appId: 1,
  webhookSecret: 'nobody delivers anything',
  pages: tryOutPages({
    github: () => github,
    repository,
    visitors,
    guide: { told: 1, weeks: 1, worthSeeing: [], registered: false },
    settled: async () => {},
    appUrl: () => null,
  }),
})
const [owner = '', name = ''] = repository.split('/')
github.addOrganization(owner)
github.addRepository(owner, name)
// As many threads as the story has opened by then.
github.world.repository(repository).lastNumber = 468
const [heading = '', , ...lines] = (
  await readFile(join(folder, `digest-${week}.md`), 'utf8')
).split('\n')
const { number } = await github.openIssue(repository, {
  author: 'groundswell[bot]',
  title: heading.replace('# ', ''),
  body: lines.join('\n'),
})

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({
      colorScheme,
      viewport: { width, height: 800 },
      bypassCSP: true,
    })
    await page.goto(`${github.url}/${repository}/issues/${number}`)
    await page.addStyleTag({ content: hidden })
    await page.screenshot({ path: join(folder, `digest-${colorScheme}.png`), fullPage: true })
    // What README shows: how it begins.
    await page.screenshot({ path: join(folder, `digest-begins-${colorScheme}.png`) })
    await page.close()
  }
} finally {
  await browser.close()
  await github.close()
}
