import { expect, it } from 'vitest'
import { engine, journey } from '../support/journey.ts'

type Journey = Awaited<ReturnType<typeof journey>>
const path = '.github/groundswell.yml'
const organisation = 'example-lab/.github'

/** Pushes the file and waits. The checks on the commit that the push ended with. */
async function pushFile(run: Journey, text: string, repository = engine) {
  const { github, idle } = run
  github.putFile(repository, path, text)
  const commits = [{ files: [{ filename: path }] }]
  await github.push(repository, { by: 'mara', commits })
  await idle()
  const sha = github.world.repository(repository).branches.get('main')
  return github.checkRuns(repository).filter(({ headSha }) => headSha === sha)
}

async function status(run: Journey): Promise<string> {
  const { number } = await run.github.openIssue(engine, { author: 'mara' })
  await run.github.comment(engine, number, { author: 'mara', body: '/groundswell status' })
  await run.idle()
  return run.ownComments(number).join()
}

it('is what a check on a configuration speaks, from the file that asks for it', async () => {
  const run = await journey()
  const broken = 'language: zh-CN\ndigest:\n  enbaled: true\n'
  const [bad] = await pushFile(run, broken)
  expect(bad?.output).toMatchObject({ title: '配置未生效', annotations: 1 })
  expect(bad?.output.summary).toContain('第 3 行：没有选项“digest.enbaled”。')
  // Nothing of it is in force: the answers are in English still, and so is the check on a file without a language.
  expect(await status(run)).toContain('The configuration has a problem')

  const [good] = await pushFile(run, 'language: zh-CN\n')
  expect(good?.output).toMatchObject({ title: '配置有效', summary: '配置即刻生效。\n' })
  const [unreadable] = await pushFile(run, '[')
  expect(unreadable?.output.title).toBe('配置未生效')
  expect(await status(run)).toMatch(/\*\*配置有问题\*\*，因此沿用上一个有效版本：第 1 行：/)
})

it('is what the organisation may choose for all of its repositories', async () => {
  const run = await journey()
  run.github.addRepository('example-lab', '.github')
  await pushFile(run, 'language: zh-CN\n', organisation)
  const [old] = await pushFile(run, 'publishDay: fri\n')
  expect(old).toMatchObject({ conclusion: 'neutral' })
  expect(old?.output.summary).toContain('“publishDay”是“digest.day”的旧名称')
  const [english] = await pushFile(run, 'language: en\npublishDay: fri\n')
  expect(english?.output.summary).toContain('"publishDay" is an old name of "digest.day"')

  await pushFile(run, 'waiting-hours: soon\n', organisation)
  await pushFile(run, 'waiting-hours: 9\n')
  expect(await status(run)).toMatch(/example-lab\/\.github 第 1 行：waiting-hours/)
})

it('is what a pull request is told that would change the configuration', async () => {
  const run = await journey()
  await pushFile(run, 'language: zh-CN\n')
  const { number } = await run.github.openPullRequest(engine, {
    author: 'newcomer-a',
    files: [{ filename: path }],
    commits: [{ files: [{ filename: path, text: 'waiting-hours: 12\n' }] }],
  })
  await run.idle()
  const sha = run.github.issues(engine).find((one) => one.number === number)?.pull?.head.sha
  const [check] = run.github.checkRuns(engine).filter(({ headSha }) => headSha === sha)
  expect(check?.output).toMatchObject({ title: '配置有效', summary: '合并后生效。\n' })
})

it('tells why a digest is not where it should be, and what it is called where it is', async () => {
  const run = await journey()
  await pushFile(run, 'language: zh-CN\ndigest: { to: [issue, "discussion:新闻"] }\n')
  const merge = async () => {
    const { number } = await run.github.openPullRequest(engine, { author: 'newcomer-a' })
    await run.github.mergePullRequest(engine, number, { by: 'mara' })
    await run.idle()
  }
  await merge()
  await run.reach(new Date('2026-11-23T09:00:00Z'))
  await run.tick('schedule-digests')
  await run.tick('schedule-digests')
  const digests = run.github.issues(engine).filter(({ author }) => author.type === 'Bot')
  expect(digests).toMatchObject([{ title: '社区周报：2026 年第 47 周' }])
  const checks = () =>
    run.github.checkRuns(engine).filter(({ name }) => name === 'Groundswell digest')
  const [failed] = checks()
  expect(failed?.output.title).toBe('2026-W47 的周报未能送达所有位置')
  expect(failed?.output.summary).toMatch(/`discussion:新闻`：没有名为“新闻”的讨论分类；现有：\S+。/)
  expect(await status(run)).toMatch(/周报未能送达 `discussion:新闻`：没有名为“新闻”的讨论分类/)

  await pushFile(run, 'language: zh-CN\ndigest: { to: [issue] }\n')
  await merge()
  await run.reach(new Date('2026-11-30T09:00:00Z'))
  await run.tick('schedule-digests')
  await run.tick('schedule-digests')
  expect(checks().at(-1)?.output).toMatchObject({ title: '2026-W48 的周报一切正常' })
})
